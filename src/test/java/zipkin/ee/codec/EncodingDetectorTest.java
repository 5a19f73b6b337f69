package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.hostile.SpanMutator;
import zipkin2.SpanBytesDecoderDetector;
import zipkin2.codec.BytesDecoder;

class EncodingDetectorTest {
    private static final byte[] V1 = "[{\"traceId\":\"1\",\"id\":\"1\",\"binaryAnnotations\":[]}]".getBytes(UTF_8);
    private static final byte[] V2 = "[{\"traceId\":\"1\",\"id\":\"1\",\"localEndpoint\":{}}]".getBytes(UTF_8);
    private static final byte[] TAGS = "[{\"traceId\":\"1\",\"id\":\"1\",\"tags\":{}}]".getBytes(UTF_8);

    @Test
    void ofListMessage_eachEncoding_isDetected() {
        assertThat(EncodingDetector.ofListMessage(V1)).isEqualTo(Encoding.JSON_V1);
        assertThat(EncodingDetector.ofListMessage(V2)).isEqualTo(Encoding.JSON_V2);
        assertThat(EncodingDetector.ofListMessage(TAGS)).isEqualTo(Encoding.JSON_V2);
        assertThat(EncodingDetector.ofListMessage(new byte[] {10, 1})).isEqualTo(Encoding.PROTO3);
        assertThat(EncodingDetector.ofListMessage(new byte[] {12})).isEqualTo(Encoding.THRIFT);
        assertThat(EncodingDetector.ofListMessage(new byte[] {11, 0})).isEqualTo(Encoding.THRIFT);
        assertThat(EncodingDetector.ofListMessage(new byte[] {'['})).isEqualTo(Encoding.JSON_V1);
    }

    /** The version of JSON may be another, since zipkin2 looks for words anywhere. */
    @ParameterizedTest
    @EnumSource
    void ofListMessage_mutatedMessages_areOfTheFamilyThatZipkinDetects(Encoding encoding) {
        SpanMutator mutator = new SpanMutator(encoding, 7);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = mutator.next();
            if (!beginsLikeText(body)) {
                assertThat(detected(body).replace("JSON_V2", "JSON_V1"))
                        .isEqualTo(detectedByZipkin(body).replace("JSON_V2", "JSON_V1"));
            }
        }
    }

    @Test
    void ofListMessage_everyStart_isDetectedAsZipkinDoes_butForTextBehindWhiteSpace() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] body = {(byte) first, (byte) second};
                String expected = beginsLikeText(body) ? "JSON_V1" : detectedByZipkin(body);
                assertThat(detected(body)).isEqualTo(expected);
            }
        }
    }

    /**
     * Binary lists have many media types. Those of the other version stay what was announced, and
     * are refused.
     */
    @Test
    void requireFamily_binaryListPostedAsJson_isReadAsItIs_whereItsVersionIs() {
        for (byte[] proto3 : SpanMutator.corpus(Encoding.PROTO3)) {
            assertThat(EncodingDetector.requireFamily(proto3, Encoding.JSON_V2)).isEqualTo(Encoding.PROTO3);
            assertThat(EncodingDetector.requireFamily(proto3, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
        }
        for (byte[] thrift : SpanMutator.corpus(Encoding.THRIFT)) {
            assertThat(EncodingDetector.requireFamily(thrift, Encoding.JSON_V1)).isEqualTo(Encoding.THRIFT);
            assertThat(EncodingDetector.requireFamily(thrift, Encoding.JSON_V2)).isEqualTo(Encoding.JSON_V2);
        }
        for (byte[] wrong : new byte[][] {{12}, {12, -1, -1, -1, -1}, {12, 127, -1, -1, -1}, {12, 0, 0, 0, 1, 1}}) {
            assertThat(EncodingDetector.requireFamily(wrong, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
        }
    }

    private static boolean beginsLikeText(byte[] body) {
        String text = new String(body, UTF_8);
        return !text.isEmpty() && text.matches("(?s)[ \\t\\r\\n\uFEFF]+(\\[.*)?");
    }

    @Test
    void ofListMessage_oneByteOrNone_isRefusedOrDetected() {
        String none = "Expected json, proto3 or thrift list encoding";
        assertThatThrownBy(() -> EncodingDetector.ofListMessage(new byte[0]))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage(none);
        assertThatThrownBy(() -> EncodingDetector.ofListMessage(new byte[] {'x'}))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Could not detect the span format");
    }

    @Test
    void requireFamily_noList_namesTheExpectedOne() {
        for (Encoding expected : Encoding.values()) {
            for (String body : new String[] {"", "{}", "hello", "\n\0", " {}", "\uFEFFx"}) {
                assertThatThrownBy(() -> EncodingDetector.requireFamily(body.getBytes(UTF_8), expected))
                        .isInstanceOf(MalformedSpansException.class)
                        .hasMessage("Expected a " + expected + " encoded list\n");
            }
        }
    }

    @Test
    void requireFamily_otherVersionOfJson_namesBoth() {
        assertThatThrownBy(() -> EncodingDetector.requireFamily(V1, Encoding.JSON_V2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Expected a JSON_V2 encoded list, but received: JSON_V1\n");
        for (byte[] v2 : new byte[][] {V2, TAGS}) {
            assertThatThrownBy(() -> EncodingDetector.requireFamily(v2, Encoding.JSON_V1))
                    .isInstanceOf(MalformedSpansException.class)
                    .hasMessage("Expected a JSON_V1 encoded list, but received: JSON_V2\n");
        }
    }

    @Test
    void requireFamily_anyListWithoutTheOthersFields_passes() {
        EncodingDetector.requireFamily(V1, Encoding.JSON_V1);
        EncodingDetector.requireFamily(V2, Encoding.JSON_V2);
        EncodingDetector.requireFamily(V1, Encoding.THRIFT);
        EncodingDetector.requireFamily(V2, Encoding.PROTO3);
        EncodingDetector.requireFamily(new byte[] {10, 1}, Encoding.JSON_V2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resourceSpans\":[]}",
                " \t\r\n{ \"resourceSpans\":[]}",
                "\ufeff{\"resourceSpans\":[]}",
                "\n{",
                "\n{}",
                "\n{\n",
                "\n{\n\n  \"resourceSpans\":[]}",
                "\n{\"é\":1}",
                "{no member"
            })
    void isJsonObject_objects_beginWithABrace(String text) {
        assertThat(EncodingDetector.isJsonObject(text.getBytes(UTF_8))).isTrue();
    }

    @Test
    void isJsonObject_lists_text_andNothing_areNone() {
        for (String text : List.of("", " ", "[{}]", "\n[{}]", "hello", "\"{\"")) {
            assertThat(EncodingDetector.isJsonObject(text.getBytes(UTF_8)))
                    .as(text)
                    .isFalse();
        }
    }

    /** Their first bytes are a line feed and a brace: a field of 123 bytes. */
    @Test
    void isJsonObject_protobufOfEveryLengthWithin_isNone() {
        for (int resource = 0; resource <= 121; resource++) {
            byte[] body = new byte[125];
            body[0] = 10; // resource_spans
            body[1] = 123;
            body[2] = 10; // resource
            body[3] = (byte) resource;
            body[4] = (byte) (resource == 0 ? 0x12 : 10); // scope_spans, or attributes
            body[5] = (byte) Math.max(0, resource - 2);
            body[6] = 10; // key
            body[7] = 1;
            body[8] = 'k';
            assertThat(EncodingDetector.isJsonObject(body))
                    .as("resource of " + resource)
                    .isFalse();
        }
    }

    @Test
    void isJsonObjectOf_looksAtTheFirstMemberOnly() {
        for (String text : List.of("{\"a\":1}", "\n { \"a\" :1}", "{\"\\u0061\":1}", "{\"b\":1}")) {
            assertThat(EncodingDetector.isJsonObjectOf(text.getBytes(UTF_8), "a", "b"))
                    .as(text)
                    .isTrue();
        }
        for (String text : List.of("{\"c\":1,\"a\":1}", "{\"aa\":1}", "{", "{}", "[{\"a\":1}]", "")) {
            assertThat(EncodingDetector.isJsonObjectOf(text.getBytes(UTF_8), "a", "b"))
                    .as(text)
                    .isFalse();
        }
    }

    private static String detected(byte[] body) {
        try {
            return EncodingDetector.ofListMessage(body).name();
        } catch (MalformedSpansException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String detectedByZipkin(byte[] body) {
        try {
            BytesDecoder<?> decoder = SpanBytesDecoderDetector.decoderForListMessage(body);
            return decoder.toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            return "Expected json, proto3 or thrift list encoding";
        }
    }
}
