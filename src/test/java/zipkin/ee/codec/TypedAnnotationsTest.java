package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Span;

/**
 * v1 binary annotations that are not strings become tags; those that are addresses stay addresses.
 */
class TypedAnnotationsTest {
    private final SpanReader reader = new SpanReader();

    @ParameterizedTest
    @CsvSource({
        "0, 01, true",
        "0, 00, false",
        "0, 02, Ag==",
        "1, 0102ff, AQL/",
        "1, '', ''",
        "2, 7fff, 32767",
        "2, fffe, -2",
        "3, 000001f4, 500",
        "3, 80000000, -2147483648",
        "3, 01, AQ==",
        "4, 7fffffffffffffff, 9223372036854775807",
        "5, 3ff8000000000000, 1.5",
        "5, c024000000000000, -10.0",
        "5, 7ff8000000000000, NaN",
        "6, 6f6b, ok",
    })
    void thrift_eachType_isText_byBothReaders(int type, String hex, String text) throws IOException {
        byte[] usual = thrift("key", HexFormat.of().parseHex(hex), type, false);
        byte[] unusual = thrift("key", HexFormat.of().parseHex(hex), type, true);

        assertThat(UsualSpans.thrift(usual, new Texts())).isNotNull();
        assertThat(UsualSpans.thrift(unusual, new Texts())).isNull();
        for (byte[] body : List.of(usual, unusual)) {
            Span span = reader.read(body, Encoding.THRIFT).get(0);
            assertThat(span.tags()).isEqualTo(Map.of("key", text));
            assertThat(span.localServiceName()).isEqualTo("web");
        }
    }

    @Test
    void thrift_unknownType_isLeftOut() throws IOException {
        for (int type : List.of(-1, 7, 8, Integer.MAX_VALUE)) {
            assertThat(reader.read(thrift("key", new byte[] {1}, type, false), Encoding.THRIFT)
                            .get(0)
                            .tags())
                    .isEmpty();
        }
    }

    @Test
    void thrift_address_isTheRemoteEndpoint_unlessItSaysFalse() throws IOException {
        for (boolean unusual : List.of(false, true)) {
            Span server = reader.read(thrift("sa", new byte[] {1}, 0, unusual), Encoding.THRIFT)
                    .get(0);
            assertThat(server.remoteServiceName()).isEqualTo("web");
            assertThat(server.tags()).isEmpty();
            Span no = reader.read(thrift("sa", new byte[] {0}, 0, unusual), Encoding.THRIFT)
                    .get(0);
            assertThat(no.remoteEndpoint()).isNull();
            assertThat(no.tags()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|1",
                "-12.50|-12.50",
                "1e3|1e3",
                "1.0E-3|1.0E-3",
                "9223372036854775807|9223372036854775807",
                "true|true",
                "false|false",
                "'\"AQI=\"'|AQI=",
            })
    void json_eachValue_isTextAsItIsWritten(String value, String text) {
        for (String annotation : List.of(
                "{\"key\":\"k\",\"value\":%s,\"type\":\"I64\",\"endpoint\":{\"serviceName\":\"web\"}}",
                "{\"endpoint\":{\"serviceName\":\"web\"}, \"type\":\"BYTES\" , \"value\" : %s , \"key\":\"k\"}",
                "{\"\\u0076alue\":%s\n,\"key\":\"k\",\"endpoint\":{\"serviceName\":\"web\"}}")) {
            Span span = json(annotation.replace("%s", value));

            assertThat(span.tags()).isEqualTo(Map.of("k", text));
            assertThat(span.localServiceName()).isEqualTo("web");
        }
    }

    @Test
    void json_address_isTheRemoteEndpoint_unlessItSaysFalse() {
        Span address = json("{\"value\":true,\"key\":\"sa\",\"endpoint\":{\"serviceName\":\"db\"}}");
        assertThat(address.remoteServiceName()).isEqualTo("db");
        assertThat(address.tags()).isEmpty();
        Span no = json("{\"key\":\"sa\",\"value\":false,\"endpoint\":{\"serviceName\":\"db\"}}");
        assertThat(no.remoteEndpoint()).isNull();
        assertThat(no.tags()).isEmpty();
    }

    @Test
    void json_whatIsNeitherNumberNorBoolean_isLeftOut_andOtherValuesAreNotTouched() {
        for (String value : List.of("null", "{}", "[]", "{\"value\":1}", "[1]")) {
            assertThat(json("{\"key\":\"k\",\"value\":" + value + "}").tags()).isEmpty();
        }
        String body =
                "[{\"traceId\":\"1\",\"id\":\"2\",\"x\":[{\"value\":1}],\"annotations\":[{\"timestamp\":1,\"value\":5}]}]";
        assertThat(reader.check(body.getBytes(UTF_8), Encoding.JSON_V1).apply(body.getBytes(UTF_8)))
                .isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void json_manyOfThem_areAllKept() {
        StringBuilder many = new StringBuilder("{\"key\":\"k0\",\"value\":0}");
        for (int i = 1; i < 1_000; i++) {
            many.append(",{\"key\":\"k")
                    .append(i)
                    .append("\",\"value\":")
                    .append(i)
                    .append('}');
        }
        Span span = json(many.toString());
        assertThat(span.tags()).hasSize(1_000).containsEntry("k0", "0").containsEntry("k999", "999");
    }

    private Span json(String annotations) {
        String body = "[{\"traceId\":\"1\",\"id\":\"2\",\"binaryAnnotations\":[" + annotations + "]}]";
        return reader.read(body.getBytes(UTF_8), Encoding.JSON_V1).get(0);
    }

    /** @param unusual whether the type comes before the value and an unknown field behind it */
    private static byte[] thrift(String key, byte[] value, int type, boolean unusual) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {12, 0, 0, 0, 1});
        for (int id : new int[] {1, 4}) {
            out.writeByte(10);
            out.writeShort(id);
            out.writeLong(id);
        }
        out.write(new byte[] {15, 0, 8, 12, 0, 0, 0, 1});
        text(out, 1, key.getBytes(UTF_8));
        if (unusual) {
            type(out, type);
            text(out, 2, value);
            text(out, 99, new byte[] {1});
        } else {
            text(out, 2, value);
            type(out, type);
        }
        out.write(new byte[] {12, 0, 4});
        text(out, 3, "web".getBytes(UTF_8));
        out.write(new byte[] {0, 0, 0});
        return bytes.toByteArray();
    }

    private static void type(DataOutputStream out, int type) throws IOException {
        out.writeByte(8);
        out.writeShort(3);
        out.writeInt(type);
    }

    private static void text(DataOutputStream out, int field, byte[] text) throws IOException {
        out.writeByte(11);
        out.writeShort(field);
        out.writeInt(text.length);
        out.write(text);
    }
}
