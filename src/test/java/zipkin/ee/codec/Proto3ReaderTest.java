package zipkin.ee.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.hostile.SpanMutator;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class Proto3ReaderTest {
    private static final int MUTATIONS = 200_000;

    private final Texts texts = new Texts();

    private static byte[] encoded(List<Span> spans) {
        return SpanBytesEncoder.PROTO3.encodeList(spans);
    }

    @Test
    void messages_ofTracers_areNotLeftToZipkin() {
        for (List<Span> spans : List.of(
                TestObjects.TRACE,
                List.of(TestObjects.CLIENT_SPAN),
                List.of(SpanMutator.busySpan(), TestObjects.CLIENT_SPAN))) {
            assertThat(Proto3Reader.read(encoded(spans), texts)).isEqualTo(spans);
        }
    }

    @Test
    void everyByteLess_isLeftToZipkin_unlessItEndsWithASpan() {
        byte[] whole = encoded(List.of(TestObjects.CLIENT_SPAN, SpanMutator.busySpan()));
        int first = encoded(List.of(TestObjects.CLIENT_SPAN)).length;
        for (int length = 1; length < whole.length; length++) {
            List<Span> read = Proto3Reader.read(Arrays.copyOf(whole, length), texts);
            assertThat(read).isEqualTo(length == first ? List.of(TestObjects.CLIENT_SPAN) : null);
        }
    }

    /** Whatever is read here is what zipkin2 reads, and zipkin2 refuses none of it. */
    @Test
    void mutatedMessages_areReadAsZipkinReadsThem_orLeft() {
        SpanMutator mutator = new SpanMutator(Encoding.PROTO3, 20261125);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = mutator.next();
            List<Span> spans = Proto3Reader.read(body, texts);
            if (spans != null) {
                read++;
                List<Span> expected = SpanBytesDecoder.PROTO3.decodeList(body);
                if (!spans.equals(expected)) {
                    assertThat(spans).as("mutation %s", i).isEqualTo(expected);
                }
            }
        }
        assertThat(read).as("read here").isGreaterThan(MUTATIONS / 50);
    }

    @Test
    void endpointsAndTraceIds_ofAMessage_areOneObjectEach_evenWhenThereAreMany() {
        List<Span> sent = IntStream.range(0, 60)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(1, 1 + i / 30)
                        .id(i + 1)
                        .localEndpoint(Endpoint.newBuilder()
                                .serviceName("s" + "s".repeat(i % 20))
                                .build())
                        .build())
                .toList();

        List<Span> read = Objects.requireNonNull(Proto3Reader.read(encoded(sent), texts));

        assertThat(read).isEqualTo(sent);
        assertThat(read.get(0).traceId())
                .isSameAs(read.get(29).traceId())
                .isNotSameAs(read.get(30).traceId());
        List<Span> few = Objects.requireNonNull(Proto3Reader.read(encoded(sent.subList(0, 3)), texts));
        assertThat(few.get(0).localEndpoint()).isNotSameAs(few.get(1).localEndpoint());
        List<Span> same = Objects.requireNonNull(Proto3Reader.read(encoded(List.of(sent.get(0), sent.get(20))), texts));
        assertThat(same.get(0).localEndpoint()).isSameAs(same.get(1).localEndpoint());
    }
}
