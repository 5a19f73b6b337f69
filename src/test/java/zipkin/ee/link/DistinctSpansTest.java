package zipkin.ee.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ChosenTexts;
import zipkin.ee.testing.Growth;
import zipkin2.Endpoint;
import zipkin2.Span;

class DistinctSpansTest {
    private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());

    private final Random random = new Random(20261130);

    @Test
    void spansOfOneId_areThereOnce_inTheOrderInWhichTheyCame() {
        List<Span> some = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            some.add(span());
        }
        DistinctSpans distinct = new DistinctSpans();

        some.forEach(distinct::add);

        List<Span> expected = some.stream().distinct().toList();
        assertThat(expected).hasSizeBetween(500, 2_900);
        assertThat(distinct.toList()).isEqualTo(expected);
    }

    @Test
    void add_ofTwiceAsManySpansOfOneIdAndHash_costsLessThanThreeTimesAsMuch() throws Exception {
        double growth = Growth.ofDoubling(4_000, size -> {
            List<Span> spans = IntStream.range(0, size)
                    .mapToObj(i -> Span.newBuilder()
                            .traceId("1")
                            .id(1)
                            .name(ChosenTexts.ofOneHash(i))
                            .build())
                    .toList();
            return () -> {
                DistinctSpans distinct = new DistinctSpans();
                spans.forEach(distinct::add);
                assertThat(distinct.toList()).hasSize(size);
            };
        });

        assertThat(growth).isLessThan(Growth.LESS_THAN_QUADRATIC);
    }

    /** Any two differ in few fields. */
    private Span span() {
        Span.Builder span = Span.newBuilder().traceId(few() == 0 ? "1" : "2").id(1);
        switch (random.nextInt(10)) {
            case 0 -> span.name("n" + few());
            case 1 -> span.timestamp(1 + few()).duration(1 + few());
            case 2 -> span.kind(KINDS.get(few()));
            case 3 -> span.localEndpoint(endpoint());
            case 4 -> span.remoteEndpoint(endpoint());
            case 5 -> span.addAnnotation(1 + few(), "a" + few()).addAnnotation(1 + few(), "a" + few());
            case 6 -> span.putTag("k" + few(), "v" + few()).putTag("k" + few(), "v" + few());
            case 7 -> span.debug(few() == 0).shared(few() == 0);
            case 8 -> span.parentId(2 + few());
            default -> span.putTag("k", "v" + random.nextInt(2_000));
        }
        return span.build();
    }

    private int few() {
        return random.nextInt(4);
    }

    private Endpoint endpoint() {
        return Endpoint.newBuilder()
                .serviceName("s" + few())
                .ip("10.0.0." + few())
                .port(few())
                .build();
    }
}
