package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin.ee.hostile.PathologicalBodies;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

class SpanReaderLimitsTest {
    /** Every limit at a small number of its own. */
    private static final Limits SMALL = new Limits(3, 5, 4, 2, 1_000, 1, 6);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SpanReader reader = new SpanReader(SMALL);

    @Test
    void read_pathologicalBodies_takesLessThanASecondOfCpu() {
        SpanReader byDefault = new SpanReader();
        for (PathologicalBodies.Body body : PathologicalBodies.all(2 << 20)) {
            long start = THREADS.getCurrentThreadCpuTime();
            String outcome;
            try {
                outcome = byDefault.read(body.bytes(), body.encoding()).size() + " spans";
            } catch (MalformedSpansException e) {
                outcome = String.valueOf(e.getMessage());
            }
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            assertThat(nanos).as("%s: %s", body, outcome).isLessThan(1_000_000_000L);
            assertThat(outcome.length()).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void maxSpans_eachEncoding_isTheLastNumberAccepted() {
        Span span = Span.newBuilder().traceId("1").id("2").build();
        for (Encoding encoding : Encoding.values()) {
            SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(encoding.name());
            assertThat(reader.read(encoder.encodeList(List.of(span, span, span)), encoding))
                    .hasSize(3);
            assertThatThrownBy(() -> reader.read(encoder.encodeList(List.of(span, span, span, span)), encoding))
                    .isInstanceOf(MalformedSpansException.class)
                    .hasMessageMatching(
                            "Refused: more than 3 spans in a message at byte \\d+ reading List<Span> from \\w+");
        }
    }

    @Test
    void maxEntries_eachEncoding_isTheLastNumberAccepted() {
        Span.Builder span =
                Span.newBuilder().traceId("1").id("2").addAnnotation(1, "a").addAnnotation(2, "b");
        Span five = span.putTag("c", "").putTag("d", "").putTag("e", "").build();
        Span six = span.putTag("f", "").build();
        for (Encoding encoding : Encoding.values()) {
            SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(encoding.name());
            assertThat(reader.read(encoder.encodeList(List.of(five)), encoding)).containsExactly(five);
            assertThatThrownBy(() -> reader.read(encoder.encodeList(List.of(six)), encoding))
                    .isInstanceOf(MalformedSpansException.class)
                    .hasMessageMatching("Refused: more than 5 tags and annotations in a message at byte \\d+"
                            + " reading List<Span> from \\w+");
        }
    }

    @Test
    void maxServiceNames_v1_isTheLastNumberAccepted() {
        assertThat(reader.read(v1("a", "b"), Encoding.JSON_V1)).hasSize(2);
        assertThat(reader.read(v1("a", "b", "a", "b"), Encoding.JSON_V1)).hasSize(2);
        assertThatThrownBy(() -> reader.read(v1("a", "b", "c"), Encoding.JSON_V1))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Refused: more than 2 service names in a span at byte 218 reading List<Span> from json");
        byte[] escaped = new String(v1("a", "b", "c"), UTF_8)
                .replace("Name", "\\u004eame")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> reader.read(escaped, Encoding.JSON_V1))
                .hasMessageContaining("more than 2 service names");
    }

    @Test
    void maxLowerCaseSteps_sigmasInNames_countAndInTagsDoNot() {
        Span two = named("ΣΣ");
        Span four = named("ΣΣΣΣ");
        Span tag = Span.newBuilder()
                .traceId("1")
                .id("2")
                .putTag("name", "Σ".repeat(100))
                .build();
        for (Encoding encoding : Encoding.values()) {
            SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(encoding.name());
            byte[] capitals = unlower(encoder.encodeList(List.of(two)));
            assertThat(reader.read(capitals, encoding)).containsExactly(two);
            assertThat(reader.read(encoder.encodeList(List.of(tag)), encoding)).containsExactly(tag);
            assertThatThrownBy(() -> reader.read(unlower(encoder.encodeList(List.of(four))), encoding))
                    .isInstanceOf(MalformedSpansException.class)
                    .hasMessageMatching(
                            "Refused: more than 1000 steps to turn Σ and İ in names into lower case at byte \\d+"
                                    + " reading List<Span> from \\w+");
        }
        assertThatThrownBy(() -> reader.read(
                        "[{\"traceId\":\"1\",\"id\":\"2\",\"name\":\"\\u03a3\\u03A3\\u0130\\u0130\"}]".getBytes(UTF_8),
                        Encoding.JSON_V2))
                .hasMessageContaining("more than 1000 steps");
    }

    @Test
    void maxBadAddresses_wrongIpv6_areCounted() {
        assertThat(reader.read(address("fffff::"), Encoding.JSON_V2)).hasSize(1);
        assertThat(reader.read(address("::1", "1.2.3.4", "::ffff:1.2.3.4", "2001:db8::c001"), Encoding.JSON_V2))
                .hasSize(1);
        assertThatThrownBy(() -> reader.read(address("fffff::", ":1:2:3:4:5:6:7"), Encoding.JSON_V2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Refused: more than 1 malformed IP addresses at byte 67 reading List<Span> from json");
    }

    @Test
    void maxDepth_unknownThriftStructs_isTheLastLevelAccepted() {
        assertThat(reader.read(nestedStructs(4), Encoding.THRIFT)).hasSize(1);
        assertThatThrownBy(() -> reader.read(nestedStructs(5), Encoding.THRIFT))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Refused: more than 4 levels of nesting at byte 42 reading List<Span> from TBinary");
    }

    @Test
    void maxEmptyElements_unknownThriftLists_isTheLastNumberAccepted() {
        byte[] six = thrift(15, 0, 99, 1, 0, 0, 0, 6, 0);
        byte[] seven = thrift(13, 0, 99, 1, 1, 0, 0, 0, 7, 0);
        assertThat(reader.read(six, Encoding.THRIFT)).hasSize(1);
        assertThatThrownBy(() -> reader.read(seven, Encoding.THRIFT))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Refused: more than 6 empty elements at byte 36 reading List<Span> from TBinary");
    }

    @Test
    void negativeLength_ofUnknownField_isRefused() {
        assertThatThrownBy(() -> reader.read(thrift(11, 0, 99, 255, 255, 255, 249, 0), Encoding.THRIFT))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Malformed: negative length -7 at byte 34 reading List<Span> from TBinary");
        byte[] proto3 = {10, 13, 10, 1, 1, 26, 1, 1, (byte) 0xfa, 1, -7, -1, -1, -1, 15};
        assertThatThrownBy(() -> reader.read(proto3, Encoding.PROTO3))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Malformed: negative length -7 at byte 15 reading List<Span> from proto3");
    }

    @Test
    void limits_outOfRange_areRefused() {
        assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 1, 1, 257, 0, 0, 0)).hasMessage("maxServiceNames must not exceed 256");
        assertThatThrownBy(() -> new Limits(1, 1, 1, 1, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Span named(String name) {
        return Span.newBuilder()
                .traceId("1")
                .id("2")
                .name(name)
                .localEndpoint(Endpoint.newBuilder().serviceName("a").build())
                .putTag("t", "")
                .build();
    }

    /** Spans hold names in lower case: puts capitals of the same length into their place. */
    private static byte[] unlower(byte[] body) {
        byte[] capitals = body.clone();
        for (int i = 0; i < body.length - 1; i++) {
            boolean sigma = body[i] == (byte) 0xcf && (body[i + 1] == (byte) 0x83 || body[i + 1] == (byte) 0x82);
            if (sigma) {
                capitals[i] = (byte) 0xce;
                capitals[i + 1] = (byte) 0xa3;
            }
        }
        return capitals;
    }

    private static byte[] v1(String... services) {
        StringBuilder body = new StringBuilder("[{\"traceId\":\"1\",\"id\":\"2\",\"annotations\":[");
        for (String service : services) {
            body.append("{\"timestamp\":1,\"value\":\"foo\",\"endpoint\":{\"serviceName\":\"" + service + "\"}},");
        }
        body.setLength(body.length() - 1);
        return body.append("]}]").toString().getBytes(UTF_8);
    }

    private static byte[] address(String... literals) {
        StringBuilder body = new StringBuilder("[{\"traceId\":\"1\",\"id\":\"2\",\"localEndpoint\":{");
        for (String literal : literals) {
            body.append("\"ipv6\":\"" + literal + "\",");
        }
        return body.append("\"port\":1}}]").toString().getBytes(UTF_8);
    }

    private static byte[] nestedStructs(int levels) {
        int[] fields = new int[levels * 4 + 1];
        for (int i = 0; i < levels; i++) {
            fields[i * 3] = 12;
            fields[i * 3 + 2] = 99;
        }
        return thrift(fields);
    }

    private static byte[] thrift(int... fields) {
        int[] ids = {12, 0, 0, 0, 1, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 10, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] body = new byte[ids.length + fields.length];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i < ids.length ? ids[i] : fields[i - ids.length]);
        }
        return body;
    }
}
