package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * What one message costs grows with its size, whatever there is much of in it: sixteen times as
 * much may cost five times sixteen times.
 */
class ReaderGrowthTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FEW = 5_000;
    private static final int FACTOR = 16;

    /** A linear reader is at 1, a quadratic one at 16. */
    private static final int MARGIN = 5;

    private static final int RUNS = 4;
    private static final long LEAST_NANOS = 1_000_000;
    private static final String IDS = "\"traceId\":\"1\",\"id\":\"2\"";

    private final SpanReader reader = new SpanReader();

    private record Shape(String name, Encoding encoding, IntFunction<byte[]> body) {
        @Override
        public String toString() {
            return encoding + " " + name;
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                json("spans", Encoding.JSON_V2, "[{%ids}", ",{%ids,\"name\":\"n%i\"}", "]"),
                json("spans without telling members", Encoding.JSON_V1, "[{%ids}", ",{%ids}", "]"),
                json(
                        "annotations",
                        Encoding.JSON_V2,
                        "[{%ids,\"annotations\":[{\"timestamp\":1,\"value\":\"\"}",
                        ",{\"timestamp\":%i,\"value\":\"v\"}",
                        "]}]"),
                json(
                        "equal annotations",
                        Encoding.JSON_V2,
                        "[{%ids,\"annotations\":[{\"timestamp\":1,\"value\":\"\"}",
                        ",{\"timestamp\":9,\"value\":\"v\"}",
                        "]}]"),
                json("tags", Encoding.JSON_V2, "[{%ids,\"tags\":{\"a\":\"\"", ",\"k%i\":\"v\"", "}}]"),
                json("tags of one key", Encoding.JSON_V2, "[{%ids,\"tags\":{\"a\":\"\"", ",\"a\":\"%i\"", "}}]"),
                json("members twice", Encoding.JSON_V2, "[{%ids", ",\"name\":\"n%i\"", "}]"),
                json(
                        "endpoints",
                        Encoding.JSON_V2,
                        "[{%ids}",
                        ",{%ids,\"localEndpoint\":{\"serviceName\":\"s%i\"}}",
                        "]"),
                json(
                        "nested objects",
                        Encoding.JSON_V2,
                        "[{%ids",
                        ",\"x\":" + "{\"a\":".repeat(9) + "1" + "}".repeat(9),
                        "}]"),
                json(
                        "refused at the end",
                        Encoding.JSON_V2,
                        "[{%ids,\"tags\":{\"a\":\"\"",
                        ",\"k%i\":\"v\"",
                        ",\"z\":null}}]"),
                json("spans, the last refused", Encoding.JSON_V2, "[{%ids}", ",{%ids,\"name\":\"n%i\"}", ",{}]"),
                json(
                        "v1 annotations",
                        Encoding.JSON_V1,
                        "[{%ids,\"annotations\":[{\"timestamp\":1,\"value\":\"cs\"}",
                        ",{\"timestamp\":%i,\"value\":\"v\",\"endpoint\":{\"serviceName\":\"s\"}}",
                        "]}]"),
                json(
                        "v1 tags",
                        Encoding.JSON_V1,
                        "[{%ids,\"binaryAnnotations\":[{\"key\":\"a\",\"value\":\"\"}",
                        ",{\"key\":\"k%i\",\"value\":\"v\",\"endpoint\":{\"serviceName\":\"s\"}}",
                        "]}]"),
                json(
                        "v1 numbers",
                        Encoding.JSON_V1,
                        "[{%ids,\"binaryAnnotations\":[{\"key\":\"a\",\"value\":\"\"}",
                        ",{\"key\":\"k%i\",\"value\":%i}",
                        "]}]"),
                json("v1 spans", Encoding.JSON_V1, "[{%ids}", ",{%ids,\"name\":\"n%i\"}", "]"),
                new Shape("white space", Encoding.JSON_V2, n -> (" \n".repeat(10 * n) + "[{" + IDS + "}]")
                        .getBytes(UTF_8)),
                encoded("spans", Encoding.PROTO3, 1),
                encoded("spans", Encoding.THRIFT, 1),
                encoded("one span", Encoding.PROTO3, 0),
                encoded("one span", Encoding.THRIFT, 0),
                new Shape("numbers", Encoding.THRIFT, ReaderGrowthTest::thriftNumbers),
                new Shape(
                        "cut spans",
                        Encoding.PROTO3,
                        n -> cut(encoded("", Encoding.PROTO3, 1).body.apply(n))),
                new Shape(
                        "cut spans",
                        Encoding.THRIFT,
                        n -> cut(encoded("", Encoding.THRIFT, 1).body.apply(n))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void message_sixteenTimesAsLarge_costsNotMuchMore(Shape shape) {
        byte[] few = shape.body.apply(FEW);
        byte[] many = shape.body.apply(FEW * FACTOR);
        cost(few, shape.encoding);

        long fewNanos = Math.max(LEAST_NANOS, cost(few, shape.encoding));
        long manyNanos = cost(many, shape.encoding);

        assertThat(manyNanos)
                .as("%s bytes took %s ns, %s bytes", few.length, fewNanos, many.length)
                .isLessThan(fewNanos * FACTOR * MARGIN);
    }

    /** The least of some runs, in the thread's own time. */
    private long cost(byte[] body, Encoding encoding) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                Encoding detected = EncodingDetector.ofListMessage(body);
                assertThat(detected == Encoding.JSON_V1 || detected == encoding).isTrue();
                reader.readColumns(body, encoding, SpanColumns::size);
            } catch (MalformedSpansException e) {
                assertThat(e.getMessage() == null).isFalse();
            }
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    private static Shape json(String name, Encoding encoding, String start, String part, String end) {
        return new Shape(name, encoding, n -> {
            StringBuilder body = new StringBuilder(start.replace("%ids", IDS));
            String repeated = part.replace("%ids", IDS);
            for (int i = 1; i <= n; i++) {
                body.append(repeated.replace("%i", Integer.toString(i)));
            }
            return body.append(end).toString().getBytes(UTF_8);
        });
    }

    /** Many spans, or one with many tags and annotations. */
    private static Shape encoded(String name, Encoding encoding, int many) {
        return new Shape(name, encoding, n -> {
            Span.Builder span = Span.newBuilder().traceId("1").id("2");
            java.util.List<Span> spans = new java.util.ArrayList<>();
            for (int i = 1; i <= n; i++) {
                if (many > 0) {
                    spans.add(span.id(i).name("n" + i).build());
                } else {
                    span.putTag("k" + i, "v").addAnnotation(i, "a");
                }
            }
            spans.add(span.build());
            return SpanBytesEncoder.valueOf(encoding.name()).encodeList(spans);
        });
    }

    private static byte[] cut(byte[] body) {
        return java.util.Arrays.copyOf(body, body.length - 1);
    }

    /** A span with binary annotations of type I32. */
    private static byte[] thriftNumbers(int n) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {12, 0, 0, 0, 1, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 10, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1});
        out.writeBytes(
                ByteBuffer.allocate(8).put(new byte[] {15, 0, 8, 12}).putInt(n).array());
        for (int i = 0; i < n; i++) {
            out.writeBytes(ByteBuffer.allocate(11)
                    .put(new byte[] {11, 0, 1})
                    .putInt(4)
                    .putInt(0x61616161 + (i << 4))
                    .array());
            out.writeBytes(ByteBuffer.allocate(11)
                    .put(new byte[] {11, 0, 2})
                    .putInt(4)
                    .putInt(i)
                    .array());
            out.writeBytes(new byte[] {8, 0, 3, 0, 0, 0, 3, 0});
        }
        out.write(0);
        return out.toByteArray();
    }
}
