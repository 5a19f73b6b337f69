package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

class JsonV2ReaderTest {
    private static final String IDS = "\"traceId\":\"a\",\"id\":\"b\"";

    private final Texts texts = new Texts();

    private @Nullable List<Span> read(String json) {
        return UsualSpans.json(json.getBytes(UTF_8), texts);
    }

    private static List<Span> byZipkin(String json) {
        return SpanBytesDecoder.JSON_V2.decodeList(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " [ { \"traceId\" : \"a\" , \"id\" : \"b\" , \"tags\" : { \"k\" : \"v\" , \"l\" : \"\" } "
                        + "}\r\n,\t{%s} ] ",
                "[{%s,\"tags\":{},\"annotations\":[],\"localEndpoint\":{},\"remoteEndpoint\":{}}]",
                "[{%s,\"name\":\"GeT\",\"kind\":\"CLIENT\",\"shared\":true,\"debug\":false}]",
                "[{%s,\"name\":\"\",\"parentId\":\"b\",\"shared\":false,\"debug\":true}]",
                "[{%s,\"timestamp\":0,\"duration\":999999999999999999}]",
                "[{%s,\"localEndpoint\":{\"serviceName\":\"A\",\"ipv4\":\"1.2.3.4\",\"ipv6\":\"2001:db8::c001\",\"port\":65535}}]",
                "[{%s,\"localEndpoint\":{\"ipv4\":\"no "
                        + "address\",\"port\":0},\"remoteEndpoint\":{\"ipv6\":\"::ffff:1.2.3.4\"}}]",
                "[{%s,\"tags\":{\"q\":\"a \\\"b\\\" \\\\ \\/ \\b\\f\\n\\r\\t\",\"ü\":\"grün €\"}}]",
                "[{%s,\"annotations\":[{\"timestamp\":2,\"value\":\"b\"},{\"value\":\"a\",\"timestamp\":1}]}]"
            })
    void usualMessages_areReadAsZipkinReadsThem(String json) {
        String body = json.replace("%s", IDS);

        assertThat(read(body)).isNotNull().isEqualTo(byZipkin(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "[{}]",
                "[{%s}",
                "[{%s}]]",
                "[{%s},]",
                "[{%s,}]",
                "{%s}",
                "[{%s,\"traceId\":\"c\"}]",
                "[{\"traceId\":\"x\",\"id\":\"b\"}]",
                "[{\"traceId\":\"a\"}]",
                "[{%s,\"unknown\":1}]",
                "[{%s,\"name\":null}]",
                "[{%s,\"name\":\"\\u0041\"}]",
                "[{%s,\"name\":\"a\nb\"}]",
                "[{%s,\"name\":\"a]",
                "[{%s,\"name\":\"a\\]",
                "[{%s,\"kind\":\"client\"}]",
                "[{%s,\"timestamp\":\"1\"}]",
                "[{%s,\"timestamp\":01}]",
                "[{%s,\"timestamp\":-1}]",
                "[{%s,\"timestamp\":1.5}]",
                "[{%s,\"timestamp\":1e3}]",
                "[{%s,\"timestamp\":1000000000000000000}]",
                "[{%s,\"timestamp\":}]",
                "[{%s,\"shared\":tru}]",
                "[{%s,\"shared\":\"true\"}]",
                "[{%s,\"localEndpoint\":{\"port\":65536}}]",
                "[{%s,\"localEndpoint\":{\"region\":\"eu\"}}]",
                "[{%s,\"tags\":{\"k\":1}}]",
                "[{%s,\"tags\":{\"k\":null}}]",
                "[{%s,\"tags\":[]}]",
                "[{%s,\"tags\":{\"twice\":\"1\",\"twice\":\"2\"}}]",
                "[{%s,\"annotations\":[{\"timestamp\":1,\"value\":\"twice\"},{\"timestamp\":1,\"value\":\"twice\"}]}]",
                "[{\"traceId\":\"00000000000000000a\",\"id\":\"b\"}]",
                "[{\"traceId\":\"0\",\"id\":\"b\"}]",
                "[{\"traceId\":\"a\",\"id\":\"0\"}]",
                "[{%s,\"annotations\":[{\"timestamp\":1}]}]",
                "[{%s,\"annotations\":[{\"timestamp\":0,\"value\":\"a\"}]}]"
            })
    void unusualAndWrongMessages_areLeftToZipkin(String json) {
        assertThat(read(json.replace("%s", IDS))).isNull();
    }

    @Test
    void bytesThatAreNoUtf8_areLeftToZipkin() {
        byte[] body = ("[{" + IDS + ",\"name\":\"a?\"}]").getBytes(UTF_8);
        body[body.length - 4] = (byte) 0xe2;

        assertThat(UsualSpans.json(body, texts)).isNull();
    }

    /**
     * zipkin2's reader loses a character beyond ASCII that lies across a multiple of 8192 bytes.
     */
    @Test
    void text_acrossABufferOfZipkins_isKept() {
        String filler = "x".repeat(8191 - ("[{" + IDS + ",\"name\":\"").length());
        String body = "[{" + IDS + ",\"name\":\"" + filler + "€\"}]";

        List<Span> spans = Objects.requireNonNull(read(body));

        assertThat(spans.get(0).name()).isEqualTo(filler + "€");
    }

    @Test
    void endpointsOfAMessage_areOneObjectEach_evenWhenThereAreMany() {
        String body = IntStream.range(0, 40)
                .mapToObj(i -> "{" + IDS + ",\"localEndpoint\":{\"serviceName\":\"s" + i % 20 + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(read(body)).isEqualTo(byZipkin(body));

        List<Span> same = Objects.requireNonNull(read("[{" + IDS + ",\"localEndpoint\":{\"serviceName\":\"s\"}},{" + IDS
                + ",\"localEndpoint\":{\"serviceName\":\"s\"},\"remoteEndpoint\":{\"serviceName\":\"s\" }}]"));
        assertThat(same.get(0).localEndpoint()).isSameAs(same.get(1).localEndpoint());
        assertThat(same.get(1).remoteEndpoint())
                .isEqualTo(Endpoint.newBuilder().serviceName("s").build());
    }

    @Test
    void texts_thatComeAgain_areOneObject_andManyOthersAreRight() {
        byte[] key = "http.path".getBytes(UTF_8);
        String first = text(key);
        assertThat(text(key)).isSameAs(first).isEqualTo("http.path");
        for (int i = 0; i < 100_000; i++) {
            String text = "/item/" + i;
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(text(bytes).equals(text)).isTrue();
        }
        byte[] large = "x".repeat(Texts.MAX_BYTES + 1).getBytes(UTF_8);
        assertThat(text(large)).isEqualTo("x".repeat(Texts.MAX_BYTES + 1));
    }

    private String text(byte[] bytes) {
        return texts.of(bytes, 0, bytes.length, TextHash.of(bytes, 0, bytes.length));
    }
}
