package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Members of its spans decide which version of JSON a list is, whatever stands elsewhere. */
class JsonVersionTest {
    private static final String IDS = "\"traceId\":\"1\",\"id\":\"2\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{%s,\"binaryAnnotations\":[]}]",
                "[{\"binaryAnnotations\":[{\"key\":\"tags\",\"value\":\"x\"}],%s}]",
                "[{%s,\"name\":\"tags\",\"binaryAnnotations\":[]}]",
                "[{%s,\"annotations\":[{\"timestamp\":1,\"value\":\"HealthMvcEndpoint\"}],\"binaryAnnotations\":[]}]",
                "[{%s,\"binaryAnnotations\":[{\"key\":\"k\",\"value\":\"a \\\"tags\\\":{} \\\\\"}]}]",
                "[{%s,\"binaryAnnotations\":[{\"key\":\"localEndpoint\",\"value\":\"\\\"localEndpoint\\\":\"}]}]",
                "[{%s,\"unknown\":{\"tags\":{},\"localEndpoint\":{}},\"binaryAnnotations\":[]}]",
                "[{%s,\"binaryAnnotations\":[{\"key\":\"k\",\"value\":\"v\",\"endpoint\":{\"tags\":1}}]}]",
                "[{%s,\"binary\\u0041nnotations\":[]}]",
                "[{%s,\"kind\":1,\"binaryAnnotations\":[]}]",
                "[{%s},{%s,\"binaryAnnotations\":[]}]",
            })
    void v1List_isReadAsV1_whateverIsWrittenInIt(String json) {
        byte[] body = json.replace("%s", IDS).getBytes(UTF_8);

        assertThat(EncodingDetector.ofListMessage(body)).isEqualTo(Encoding.JSON_V1);
        assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
        assertThatThrownBy(() -> EncodingDetector.requireFamily(body, Encoding.JSON_V2))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Expected a JSON_V2 encoded list, but received: JSON_V1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{%s,\"tags\":{}}]",
                "[{\"tags\":{\"binaryAnnotations\":\"x\",\"queryAnnotations\":\"\\\"binaryAnnotations\\\":[]\"},%s}]",
                "[{%s,\"name\":\"binaryAnnotations\",\"remoteEndpoint\":null}]",
                "[{%s , \"localEndpoint\"\n : {}}]",
                "[{%s,\"\\u0074ags\":{}}]",
                "[{%s,\"unknown\":[{\"binaryAnnotations\":[]}],\"tags\":{}}]",
                "[{%s,\"tags\":{\"a\":\"]}\",\"b\":\"\\\\\\\"]}\"}}]",
                "[{%s},{%s},{%s,\"tags\":{}}]",
            })
    void v2List_isReadAsV2_whateverIsWrittenInIt(String json) {
        byte[] body = json.replace("%s", IDS).getBytes(UTF_8);

        assertThat(EncodingDetector.ofListMessage(body)).isEqualTo(Encoding.JSON_V2);
        assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V2)).isEqualTo(Encoding.JSON_V2);
        assertThatThrownBy(() -> EncodingDetector.requireFamily(body, Encoding.JSON_V1))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage("Expected a JSON_V1 encoded list, but received: JSON_V2\n");
    }

    /** A v1 reader would drop it. The reference looks for tags and endpoints only. */
    @Test
    void kindOrShared_withoutAnythingElse_isV2_butPassesWhereV1IsPosted() {
        for (String member : List.of("\"kind\":\"SERVER\"", "\"shared\":true")) {
            byte[] body = ("[{" + IDS + "," + member + "}]").getBytes(UTF_8);

            assertThat(EncodingDetector.ofListMessage(body)).isEqualTo(Encoding.JSON_V2);
            assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
        }
    }

    @Test
    void noMemberOfOneVersion_isV1_andPassesAsBoth() {
        for (String json :
                List.of("[{%s}]", "[{%s,\"name\":\"tags\",\"annotations\":[]}]", "[{%s,\"x\":[\"tags\"]}]")) {
            byte[] body = json.replace("%s", IDS).getBytes(UTF_8);

            assertThat(EncodingDetector.ofListMessage(body)).isEqualTo(Encoding.JSON_V1);
            assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
            assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V2)).isEqualTo(Encoding.JSON_V2);
        }
    }

    @Test
    void brokenJson_isDetectedWithoutHarm() {
        for (String json : List.of(
                "[", "[{", "[{\"", "[{\"tags", "[{\"tags\"", "[{\"tags\\", "[]]]{\"tags\":1}", "[[\"tags\"]]")) {
            assertThat(EncodingDetector.ofListMessage(json.getBytes(UTF_8))).isEqualTo(Encoding.JSON_V1);
        }
    }

    /** Spans after the first that decides are not looked at. */
    @Test
    void largeList_isToldByItsFirstSpan() {
        String first = "[{" + IDS + ",\"tags\":{}}";
        String later = ",{" + IDS + ",\"binaryAnnotations\":[]}]";

        assertThat(EncodingDetector.requireFamily((first + later).getBytes(UTF_8), Encoding.JSON_V2))
                .isEqualTo(Encoding.JSON_V2);
    }

    @Test
    void textBeforeTheList_isReadInEachVersion() {
        List<String> leads =
                new ArrayList<>(List.of("", " ", "\t", "\r\n", "\n", "\uFEFF", "\n\uFEFF \r\n", "\uFEFF\n"));
        leads.add(" ".repeat(100_000));
        Span v2 = Span.newBuilder().traceId("1").id("2").putTag("a", "b").build();
        for (String lead : leads) {
            byte[] body = (lead + "[{" + IDS + ",\"tags\":{\"a\":\"b\"}}]").getBytes(UTF_8);
            byte[] v1 =
                    (lead + "[{" + IDS + ",\"binaryAnnotations\":[{\"key\":\"a\",\"value\":\"b\"}]}]").getBytes(UTF_8);
            assertThat(new SpanReader().read(body, EncodingDetector.ofListMessage(body)))
                    .containsExactly(v2);
            assertThat(new SpanReader().read(v1, EncodingDetector.ofListMessage(v1)))
                    .containsExactly(v2);
            assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V2)).isEqualTo(Encoding.JSON_V2);
            assertThat(EncodingDetector.requireFamily(v1, Encoding.JSON_V1)).isEqualTo(Encoding.JSON_V1);
            assertThat(SingleThriftSpan.is(body)).isFalse();
        }
    }

    @Test
    void emptyList_withAnythingAroundThatIsNothing_isEmpty() {
        for (String text :
                List.of("[]", "[ ]", "\n[]\n", " [\t] ", "\uFEFF[]", " ", "\n", "\r\n\r\n", "\uFEFF", "\n\n[\n]")) {
            byte[] body = text.getBytes(UTF_8);
            assertThat(new SpanReader().read(body, EncodingDetector.ofListMessage(body)))
                    .isEmpty();
            for (Encoding json : List.of(Encoding.JSON_V1, Encoding.JSON_V2)) {
                assertThat(EncodingDetector.requireFamily(body, json)).isEqualTo(json);
                assertThat(new SpanReader().read(body, json)).isEmpty();
            }
            assertThat(SingleThriftSpan.is(body)).isFalse();
        }
    }

    /** A line feed and a bracket begin both. */
    @Test
    void proto3List_whoseFirstSpanHas91Bytes_isProto3() {
        Span.Builder span = Span.newBuilder().traceId("1").id("2");
        span.localEndpoint(Endpoint.newBuilder().serviceName("s").build());
        List<Span> sent = List.of(span.name("n".repeat(91 - 27)).build());
        byte[] body = zipkin2.codec.SpanBytesEncoder.PROTO3.encodeList(sent);
        assertThat(body).startsWith('\n', '[');

        assertThat(EncodingDetector.ofListMessage(body)).isEqualTo(Encoding.PROTO3);
        assertThat(EncodingDetector.requireFamily(body, Encoding.JSON_V2)).isEqualTo(Encoding.PROTO3);
        assertThat(new SpanReader().read(body, Encoding.PROTO3)).isEqualTo(sent);
    }
}
