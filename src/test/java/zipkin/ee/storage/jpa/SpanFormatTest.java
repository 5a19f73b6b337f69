package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesEncoder;

class SpanFormatTest {
    private static final StringTable TABLE =
            new StringTable(7, List.of("http.path", "frontend", "", "\ud83d\ude00", "10.0.0.1"));

    static Stream<Span> spans() {
        Stream<Span> odd = Stream.of(
                minimal().build(),
                minimal().id("0").build(),
                minimal()
                        .traceId("ffffffffffffffffffffffffffffffff")
                        .parentId("8000000000000000")
                        .build(),
                minimal()
                        .addAnnotation(0, "a")
                        .addAnnotation(1, "")
                        .addAnnotation(Long.MAX_VALUE, "b")
                        .build(),
                minimal()
                        .timestamp(Long.MAX_VALUE)
                        .duration(Long.MAX_VALUE)
                        .addAnnotation(1, "early")
                        .build(),
                minimal()
                        .putTag("", "b")
                        .putTag("a", "")
                        .putTag("\0", "\0\uffff")
                        .build(),
                minimal()
                        .putTag("half a pair", "\ud800 and \udc00")
                        .putTag("smile", "\ud83d\ude00")
                        .build(),
                minimal().debug(false).shared(false).build(),
                minimal().debug(true).shared(true).build(),
                minimal()
                        .localEndpoint(
                                Endpoint.newBuilder().ip("::").port(65535).build())
                        .build(),
                minimal()
                        .remoteEndpoint(Endpoint.newBuilder()
                                .ip("10.0.0.1")
                                .ip("2001:db8::c001")
                                .build())
                        .build(),
                minimal()
                        .localEndpoint(Endpoint.newBuilder()
                                .serviceName("frontend")
                                .port(1)
                                .build())
                        .build());
        return Stream.concat(odd, Stream.concat(TestObjects.TRACE.stream(), Stream.of(TestObjects.CLIENT_SPAN)));
    }

    @ParameterizedTest
    @MethodSource("spans")
    void span_writtenAndRead_isTheSame(Span span) {
        for (StringTable table : List.of(TABLE, StringTable.EMPTY)) {
            assertSame(SpanFormat.decode(SpanFormat.encode(span, table), table), span);
        }
    }

    @RepeatedTest(20)
    void span_ofAnyContent_isTheSame(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            Span span = random(random);
            assertSame(SpanFormat.decode(SpanFormat.encode(span, TABLE), TABLE), span);
        }
    }

    @Test
    void textOfTheTable_isWrittenInOneByte() {
        Span with = minimal().putTag("http.path", "frontend").build();

        assertThat(SpanFormat.encode(with, TABLE))
                .hasSize(SpanFormat.encode(minimal().build(), TABLE).length + 2);
    }

    @Test
    void table_writtenAndRead_hasTheSamePlaces() {
        StringTable read = StringTable.decode(7, TABLE.encode());

        Span span =
                minimal().name("frontend").putTag("http.path", "\ud83d\ude00").build();
        assertThat(SpanFormat.encode(span, read)).isEqualTo(SpanFormat.encode(span, TABLE));
        assertThat(read.id()).isEqualTo(7);
    }

    /** Equal, and equal on the wire: what a span does not compare counts too. */
    private static void assertSame(Span actual, Span expected) {
        assertThat(actual).isEqualTo(expected);
        assertThat(SpanBytesEncoder.JSON_V2.encode(actual)).isEqualTo(SpanBytesEncoder.JSON_V2.encode(expected));
    }

    private static Span.Builder minimal() {
        return Span.newBuilder().traceId("a").id("b");
    }

    private static Span random(Random random) {
        Span.Builder span = Span.newBuilder()
                .traceId(random.nextLong() & Long.MAX_VALUE, random.nextLong() | 1)
                .id(random.nextLong() | 1);
        if (random.nextBoolean()) {
            span.parentId(random.nextLong() | 2);
        }
        if (random.nextBoolean()) {
            span.kind(random.nextBoolean() ? Span.Kind.CLIENT : Span.Kind.CONSUMER);
        }
        span.name(text(random))
                .timestamp(random.nextLong() >>> random.nextInt(64))
                .duration(random.nextLong() >>> 20);
        span.localEndpoint(Endpoint.newBuilder()
                .serviceName(text(random))
                .port(random.nextInt(65536))
                .build());
        for (int i = random.nextInt(4); i > 0; i--) {
            span.addAnnotation(random.nextLong() >>> random.nextInt(64), text(random));
            span.putTag(text(random), text(random));
        }
        return span.build();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
        }
        return text.toString();
    }
}
