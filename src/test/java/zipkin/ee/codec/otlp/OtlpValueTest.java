package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static zipkin.ee.codec.otlp.OtlpMessages.array;
import static zipkin.ee.codec.otlp.OtlpMessages.attribute;
import static zipkin.ee.codec.otlp.OtlpMessages.map;
import static zipkin.ee.codec.otlp.OtlpMessages.read;
import static zipkin.ee.codec.otlp.OtlpMessages.span;
import static zipkin.ee.codec.otlp.OtlpMessages.text;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of each type of value: as a tag, in an array and in a map. */
class OtlpValueTest {
    private record Row(String name, AnyValue value, String tag, String json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> values() {
        return Stream.of(
                new Row("text", text("a b"), "a b", "\"a b\""),
                new Row("empty text", text(""), "", "\"\""),
                new Row(
                        "text with escapes",
                        text("\"\\/<\n\r\t\b\f\u0001\u001f\u007f\u2028é😀"),
                        "\"\\/<\n\r\t\b\f\u0001\u001f\u007f\u2028é😀",
                        "\"\\\"\\\\/<\\n\\r\\t\\b\\f\\u0001\\u001f\u007f\u2028é😀\""),
                new Row("true", AnyValue.newBuilder().setBoolValue(true).build(), "true", "true"),
                new Row("false", AnyValue.newBuilder().setBoolValue(false).build(), "false", "false"),
                new Row("int", AnyValue.newBuilder().setIntValue(-42).build(), "-42", "-42"),
                new Row("zero", AnyValue.newBuilder().setIntValue(0).build(), "0", "0"),
                new Row(
                        "largest int",
                        AnyValue.newBuilder().setIntValue(Long.MAX_VALUE).build(),
                        "9223372036854775807",
                        "9223372036854775807"),
                new Row(
                        "smallest int",
                        AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build(),
                        "-9223372036854775808",
                        "-9223372036854775808"),
                decimal(1, "1.0", "1.0"),
                decimal(0.1, "0.1", "0.1"),
                decimal(-0.0, "-0.0", "-0.0"),
                decimal(1.23e10, "1.23E10", "1.23E10"),
                decimal(Double.NaN, "NaN", "\"NaN\""),
                decimal(Double.POSITIVE_INFINITY, "Infinity", "\"Infinity\""),
                decimal(Double.NEGATIVE_INFINITY, "-Infinity", "\"-Infinity\""),
                new Row(
                        "bytes",
                        AnyValue.newBuilder()
                                .setBytesValue(ByteString.copyFrom(new byte[] {-1, -2, -3, -4}))
                                .build(),
                        "//79/A==",
                        "\"//79/A==\""),
                new Row(
                        "no bytes",
                        AnyValue.newBuilder().setBytesValue(ByteString.EMPTY).build(),
                        "",
                        "\"\""),
                new Row("empty", AnyValue.getDefaultInstance(), "", "null"),
                new Row("array", array(text("a"), array(), map()), "[\"a\",[],{}]", "[\"a\",[],{}]"),
                new Row("empty array", array(), "[]", "[]"),
                new Row(
                        "map",
                        map(attribute("k\"", 1), attribute("", text("")), attribute("m", map(attribute("n", true)))),
                        "{\"k\\\"\":1,\"\":\"\",\"m\":{\"n\":true}}",
                        "{\"k\\\"\":1,\"\":\"\",\"m\":{\"n\":true}}"),
                new Row("empty map", map(), "{}", "{}"),
                new Row(
                        "map with a key twice",
                        map(attribute("a", 1), attribute("b", 2), attribute("a", 3)),
                        "{\"a\":3,\"b\":2}",
                        "{\"a\":3,\"b\":2}"));
    }

    private static Row decimal(double value, String tag, String json) {
        return new Row(
                "double " + value, AnyValue.newBuilder().setDoubleValue(value).build(), tag, json);
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_ofEachType_isTextInATagAndJsonWithin(Row row) {
        assertThat(read(span().addAttributes(attribute("tag", row.value))
                                .addAttributes(attribute("array", array(row.value, row.value)))
                                .addAttributes(attribute("map", map(attribute("key", row.value)))))
                        .tags())
                .containsOnly(
                        entry("tag", row.tag),
                        entry("array", "[" + row.json + "," + row.json + "]"),
                        entry("map", "{\"key\":" + row.json + "}"));
    }
}
