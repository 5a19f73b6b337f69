package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.codec.SpanBytesEncoder;

/** What cannot be read says where: the span, the field, the value. */
class FaultTest {
    private static final String FROM_0 = " (spans are counted from 0)";
    private static final String IDS = "\"traceId\":\"1\",\"id\":\"2\"";

    private final SpanReader reader = new SpanReader();

    private String refusal(byte[] body, Encoding encoding) {
        return String.valueOf(catchThrowableOfType(MalformedSpansException.class, () -> reader.read(body, encoding))
                .getMessage());
    }

    private String refusal(String body, Encoding encoding) {
        return refusal(body.getBytes(UTF_8), encoding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"timestamp\":\"yesterday\"|\"timestamp\" is not a number: \"yesterday\"",
                "\"duration\":1.5|\"duration\" is not a whole number: 1.5",
                "\"duration\":{}|\"duration\" is not a number: {…}",
                "\"kind\":\"client\"|\"kind\" is not CLIENT, SERVER, PRODUCER or CONSUMER: \"client\"",
                "\"parentId\":\"XYZ\"|\"parentId\" is not 1 to 16 lower-case hex digits: \"XYZ\"",
                "\"name\":[1]|\"name\" is not text: […]",
                "\"tags\":{\"a\":\"b\",\"http.path\":null}|\"tags.http.path\" is not text: null",
                "\"tags\":[]|\"tags\" is not an object: […]",
                "\"annotations\":[{\"timestamp\":1,\"value\":\"x\"},{\"timestamp\":2}]|\"annotations[1].value\" is missing",
                "\"annotations\":[{\"timestamp\":true,\"value\":\"x\"}]|\"annotations[0].timestamp\" is "
                        + "not a number: true",
                "\"localEndpoint\":{\"port\":65536}|\"localEndpoint.port\" is not a port: 65536",
                "\"remoteEndpoint\":\"x\"|\"remoteEndpoint\" is not an object: \"x\"",
                "\"debug\":\"true\"|\"debug\" is not true or false: \"true\"",
                "\"id\":null|\"id\" is not text: null",
                "\"id\":\"0000000000000000\"|\"id\" is not 1 to 16 lower-case hex digits other than 0: "
                        + "\"0000000000000000\"",
            })
    void jsonV2_value_isNamedWithItsSpan(String member, String problem) {
        String good = "{" + IDS + "},";

        assertThat(refusal(
                        "[" + good.repeat(3) + "{" + IDS + "," + member + "}," + good + "{" + IDS + "}]",
                        Encoding.JSON_V2))
                .isEqualTo("Cannot read span 3: " + problem + FROM_0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"timestamp\":\"yesterday\"|\"timestamp\" is not a number: \"yesterday\"",
                "\"annotations\":[{\"value\":\"cs\"}]|\"annotations[0].timestamp\" is missing",
                "\"annotations\":[{\"timestamp\":1,\"value\":\"cs\",\"endpoint\":{\"port\":\"http\"}}]|\"annotations[0].endpoint.port\" is not a number: \"http\"",
                "\"binaryAnnotations\":[{\"value\":1}]|\"binaryAnnotations[0].key\" is missing",
                "\"traceId\":\"0\"|\"traceId\" is missing or 0",
            })
    void jsonV1_value_isNamedWithItsSpan(String member, String problem) {
        assertThat(refusal("[{" + IDS + "},{" + IDS + "," + member + "}]", Encoding.JSON_V1))
                .isEqualTo("Cannot read span 1: " + problem + FROM_0);
    }

    @Test
    void json_brokenText_saysWhere() {
        assertThat(refusal("[", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 0: it is cut off: the message ends there" + FROM_0);
        assertThat(refusal("[{}]", Encoding.JSON_V2)).isEqualTo("Cannot read span 0: \"traceId\" is missing" + FROM_0);
        assertThat(refusal("[{" + IDS + "},5]", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 1: it is not an object: 5" + FROM_0);
        assertThat(refusal("[{" + IDS + ",\"name\":nul}]", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 0: \"name\" is not JSON at byte 32: nul" + FROM_0);
        assertThat(refusal("[{" + IDS + ",\"annotations\":[{},{\"a\":{\"b\":[1,!", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 0: \"annotations[0].timestamp\" is missing" + FROM_0);
        assertThat(refusal("[{" + IDS + ",\"x\":[{},{\"a\":{\"b\":[1,!", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 0: \"x[1].a.b[1]\" is not JSON at byte 46: !" + FROM_0);
        assertThat(refusal("[{" + IDS + ",\"name\":\"abc", Encoding.JSON_V2))
                .isEqualTo("Cannot read span 0: \"name\" is cut off: the message ends there" + FROM_0);
    }

    @Test
    void text_isOneShortLine_whateverTheValueIs() {
        String value = "\u20ac\\n\\u0000\u202e\n\t".repeat(100);

        String refusal = refusal(
                "[{" + IDS + ",\"tags\":{\"" + "k".repeat(500) + "\n\":null,\"a\":\"" + value + "\"}}]",
                Encoding.JSON_V2);
        assertThat(refusal).startsWith("Cannot read span 0: \"tags." + "k".repeat(58) + "…\" is not text: null");
        String kind = refusal("[{" + IDS + ",\"kind\":\"" + value + "\"}]", Encoding.JSON_V2);
        assertThat(kind)
                .hasSizeLessThanOrEqualTo(300)
                .doesNotContain("\n", "\t", "\u202e")
                .contains("\\u202e");
        assertThat(Fault.line("x".repeat(300), 300)).hasSize(300).doesNotContain("…");
        assertThat(Fault.line("x".repeat(301), 300)).hasSize(300).endsWith("x…");
        assertThat(Fault.line("a\ud800\u0085\u2028", 300)).isEqualTo("a\\ud800\\u0085\\u2028");
    }

    @Test
    void json_bytesThatAreNotUtf8_areNoFault_beforeTheRealOne() {
        byte[] body = ("[{" + IDS + ",\"name\":\"\u00ff\"},{" + IDS + ",\"timestamp\":\"x\"}]").getBytes(ISO_8859_1);

        assertThat(refusal(body, Encoding.JSON_V2))
                .isEqualTo("Cannot read span 1: \"timestamp\" is not a number: \"x\"" + FROM_0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "0a080000000000000000 1a080000000000000001|\"trace_id\" is not 8 or 16 bytes that are "
                        + "not all zeros: 0000000000000000",
                "0a080000000000000001 1a080000000000000000|\"id\" is not 8 bytes that are not all zeros: "
                        + "0000000000000000",
                "0a080000000000000001 1a09000000000000000101|\"id\" is not 8 bytes that are not all "
                        + "zeros: 000000000000000101",
                "0a080000000000000001 12090102030405060708091a080000000000000001|\"parent_id\" is not 8 "
                        + "bytes: 010203040506070809",
                "0a080000000000000001|\"id\" is missing",
                "1a080000000000000001|\"trace_id\" is missing",
                "0a080000000000000001 1a080000000000000001 4a0420808004|\"remote_endpoint.port\" is "
                        + "larger than 65535: 65536",
                "0a080000000000000001 1a080000000000000001 2a7f|\"name\" is cut off or has a wrong length, at byte 58",
            })
    void proto3_value_isNamedWithItsSpan(String hex, String problem) {
        byte[] span = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] good = SpanBytesEncoder.PROTO3.encode(
                Span.newBuilder().traceId("1").id("2").name("nn").build());
        byte[] body = Arrays.copyOf(good, good.length + 2 + span.length);
        body[good.length] = 10;
        body[good.length + 1] = (byte) span.length;
        System.arraycopy(span, 0, body, good.length + 2, span.length);
        byte[] list = new byte[2 * good.length + 2 + span.length];
        System.arraycopy(good, 0, list, 0, good.length);
        System.arraycopy(body, 0, list, good.length, body.length);

        assertThat(refusal(list, Encoding.PROTO3))
                .startsWith("Cannot read span 2: " + problem.replaceAll("byte \\d+", "byte "));
    }

    @Test
    void thrift_value_isNamedWithItsSpan() {
        byte[] list = SpanBytesEncoder.THRIFT.encodeList(List.of(TestObjects.CLIENT_SPAN, TestObjects.CLIENT_SPAN));
        String where = new String(list, ISO_8859_1);

        byte[] noId = list.clone();
        int id = where.lastIndexOf("\n\0\4") + 3;
        Arrays.fill(noId, id, id + 8, (byte) 0);
        assertThat(refusal(noId, Encoding.THRIFT)).isEqualTo("Cannot read span 1: \"id\" is missing or 0" + FROM_0);
        byte[] longName = list.clone();
        longName[where.lastIndexOf("\13\0\3\0\0\0\3get") + 3] = 0x7f;
        assertThat(refusal(longName, Encoding.THRIFT))
                .startsWith("Cannot read span 1: \"name\" is cut off or has a wrong length, at byte ");
        assertThat(refusal(Arrays.copyOf(list, list.length - 20), Encoding.THRIFT))
                .startsWith("Cannot read span 1: \"");
        assertThat(refusal(new byte[] {12}, Encoding.THRIFT))
                .isEqualTo("Cannot read the list of spans: it is cut off or has a wrong length, at byte 1");
    }

    /** What is of another family keeps the reference's text. */
    @Test
    void otherFamily_isRefusedWithTheReferencesText() {
        assertThat(refusal("\u0001", Encoding.JSON_V2)).endsWith(" reading List<Span> from json");
        assertThat(refusal("[{}]", Encoding.THRIFT)).endsWith(" reading List<Span> from TBinary");
        assertThat(refusal("[{}]", Encoding.PROTO3)).endsWith(" reading List<Span> from proto3");
    }

    /** Each place is looked for once: the last of many spans costs what they cost. */
    @Test
    void lastOfManySpans_isFound() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            spans.add(Span.newBuilder().traceId("1").id(i + 1).build());
        }
        byte[] proto3 = SpanBytesEncoder.PROTO3.encodeList(spans);
        byte[] thrift = SpanBytesEncoder.THRIFT.encodeList(spans);
        String json = new String(SpanBytesEncoder.JSON_V2.encodeList(spans), UTF_8);

        assertThat(refusal(Arrays.copyOf(proto3, proto3.length - 1), Encoding.PROTO3))
                .startsWith("Cannot read span 19999: ");
        assertThat(refusal(Arrays.copyOf(thrift, thrift.length - 1), Encoding.THRIFT))
                .startsWith("Cannot read span 19999: ");
        assertThat(refusal(json.substring(0, json.length() - 2) + ",\"kind\":\"x\"}]", Encoding.JSON_V2))
                .startsWith("Cannot read span 19999: \"kind\"");
    }
}
