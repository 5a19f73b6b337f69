package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Annotation;
import zipkin2.Span;

/** What is accepted in JSON beyond what the tests of the mapping write. */
class OtlpJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"resourceSpans\":null} ",
                "{\"resourceSpans\":[]}",
                "{\"resourceSpans\":[null,{},{\"scopeSpans\":null},{\"scopeSpans\":[null,{},{\"spans\":[null]}]}]}",
                "\ufeff{}"
            })
    void body_withoutSpans_isAnEmptyRequest(String json) {
        assertThat(readJson(json)).isEqualTo(new OtlpTraces(List.of(), 0, ""));
    }

    @Test
    void example_ofTheSpecification_isRead() {
        Span span = only(readJson("""
                {"resourceSpans":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"my.service"}}]},
                 "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[
                   {"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},
                  "spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
                   "parentSpanId":"EEE19B7EC3C1B173","name":"I'm a server span",
                   "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","kind":2,
                   "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}
                """));
        assertThat(span)
                .isEqualTo(Span.newBuilder()
                        .traceId("5b8efff798038103d269b633813fc60c")
                        .id("eee19b7ec3c1b174")
                        .parentId("eee19b7ec3c1b173")
                        .name("i'm a server span")
                        .kind(Span.Kind.SERVER)
                        .timestamp(1_544_712_660_000_000L)
                        .duration(1_000_000L)
                        .localEndpoint(zipkin2.Endpoint.newBuilder()
                                .serviceName("my.service")
                                .build())
                        .putTag("my.span.attr", "some value")
                        .putTag("my.scope.attribute", "some scope attribute")
                        .putTag("otel.scope.name", "my.library")
                        .putTag("otel.scope.version", "1.0.0")
                        .build());
    }

    @Test
    void names_inSnakeCase_areRead() {
        String camel = """
                {"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{
                "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
                "parentSpanId":"00f067aa0ba902b7","traceState":"a=b","startTimeUnixNano":"5000",
                "endTimeUnixNano":"9000","droppedAttributesCount":1,"droppedEventsCount":2,"droppedLinksCount":3,
                "events":[{"timeUnixNano":"7000","name":"e","droppedAttributesCount":4}],
                "attributes":[{"key":"k","value":{"arrayValue":{"values":[{"boolValue":true},{"bytesValue":"AQ=="},
                {"doubleValue":1},{"intValue":1},{"kvlistValue":{"values":[{"key":"k","value":
                {"stringValue":"v"}}]}}]}}}]}]}]}]}""";
        String snake = Pattern.compile("([a-z])([A-Z])")
                .matcher(camel)
                .replaceAll(match -> match.group(1) + "_" + match.group(2).toLowerCase(Locale.ROOT));
        assertThat(snake).contains("resource_spans", "start_time_unix_nano", "kvlist_value");
        Span span = only(readJson(camel));
        assertThat(only(readJson(snake))).isEqualTo(span);
        assertThat(span.tags()).hasSize(5).containsEntry("k", "[true,\"AQ==\",1.0,1,{\"k\":\"v\"}]");
        assertThat(span.annotations())
                .containsExactly(Annotation.create(7, "\"e\":{\"otel.dropped_attributes_count\":4}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"1700000000123456789\"', 1700000000123456",
        "1700000000123456789, 1700000000123456",
        "1.7e18, 1700000000000000",
        "'\"1.7E+18\"', 1700000000000000",
        "17000000000000000000e-1, 1700000000000000",
        "1000.0, 1",
        "0e999999999,",
        "null,",
        "'\"18446744073709551615\"',",
        "9223372036854775807, 9223372036854775"
    })
    void time_inEachForm_isRead(String json, @Nullable Long expectedMicros) {
        assertThat(only(readJson(spanJson("\"startTimeUnixNano\":" + json))).timestamp())
                .isEqualTo(expectedMicros);
    }

    @ParameterizedTest
    @CsvSource({
        "2, SERVER",
        "'\"SPAN_KIND_SERVER\"', SERVER",
        "'\"3\"', CLIENT",
        "'\"SPAN_KIND_PRODUCER\"', PRODUCER",
        "'\"SPAN_KIND_CONSUMER\"', CONSUMER",
        "'\"SPAN_KIND_INTERNAL\"',",
        "'\"SPAN_KIND_OTHER\"',",
        "null,"
    })
    void kind_inEachForm_isRead(String json, Span.@Nullable Kind expected) {
        assertThat(only(readJson(spanJson("\"kind\":" + json))).kind()).isEqualTo(expected);
    }

    @Test
    void statusCode_asName_isRead() {
        assertThat(only(readJson(spanJson("\"status\":{\"code\":\"STATUS_CODE_ERROR\",\"message\":\"m\"}")))
                        .tags())
                .containsOnly(entry("otel.status_code", "ERROR"), entry("error", "m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"intValue\":\"-5\"} | -5",
                "{\"intValue\":-5e3} | -5000",
                "{\"doubleValue\":\"NaN\"} | NaN",
                "{\"doubleValue\":\"-Infinity\"} | -Infinity",
                "{\"doubleValue\":\"1.5\"} | 1.5",
                "{\"doubleValue\":3} | 3.0",
                "{\"bytesValue\":\"_-8\"} | /+8=",
                "{\"bytesValue\":\"/+8=\"} | /+8=",
                "{\"stringValue\":\"\"} | ''",
                "{} | ''",
                "null | ''",
                "{\"stringValue\":\"a\",\"intValue\":1} | 1",
                "{\"intValue\":1,\"stringValue\":null} | 1",
                "{\"other\":[{\"x\":1}],\"stringValueStrindex\":5} | ''",
                "{\"arrayValue\":{}} | []",
                "{\"arrayValue\":{\"values\":[null,{}]}} | [null,null]",
                "{\"arrayValue\":{\"values\":[{}],\"values\":[]}} | []",
                "{\"kvlistValue\":{\"other\":1}} | {}",
                "{\"stringValue\":\"\\ud83d\\ude00\\ud83d\"} | 😀\ufffd"
            })
    void value_inEachForm_isRead(String json, String expected) {
        assertThat(only(readJson(spanJson("\"attributes\":[null,{\"key\":\"k\",\"value\":" + json + "}]")))
                        .tags())
                .containsOnly(entry("k", expected));
    }

    @Test
    void fields_thatAreUnknown_areIgnored() {
        assertThat(only(readJson(spanJson("\"x\":[[{\"y\":[1,2.5,\"\",true,null]}]],\"name\":\"n\",\"_\":1,\"a_\":{}")))
                        .name())
                .isEqualTo("n");
    }

    @Test
    void fields_thatComeTwice_areTheLast() {
        Span span = only(readJson(spanJson("\"attributes\":[{\"key\":\"a\"}],\"attributes\":[{\"key\":\"b\"}],"
                + "\"name\":\"first\",\"name\":\"last\",\"events\":[{\"name\":\"e\"}],\"events\":[]")));
        assertThat(span.tags()).containsOnlyKeys("b");
        assertThat(span.name()).isEqualTo("last");
        assertThat(span.annotations()).isEmpty();
    }

    @Test
    void resourceSpans_thatComeTwice_areTheLast() {
        String json = spanJson("\"name\":\"first\"");
        String last = spanJson("\"name\":\"last\"");
        assertThat(only(readJson(json.substring(0, json.length() - 1) + "," + last.substring(1)))
                        .name())
                .isEqualTo("last");
        String refused = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}],";
        assertThat(only(readJson(refused + last.substring(1))).name()).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00f067aa0ba902b", "not an id at all", "0000000000000000", "B7AD6B7169203331"})
    void parentSpanId_thatIsNone_isAbsent(String parentId) {
        assertThat(only(readJson(spanJson("\"parentSpanId\":\"" + parentId + "\"")))
                        .parentId())
                .isNull();
    }

    @Test
    void ids_inUpperCase_areRead() {
        Span span = only(readJson(spanJson("\"traceId\":\"0AF7651916CD43DD8448EB211C80319C\","
                + "\"spanId\":\"B7AD6B7169203331\",\"parentSpanId\":\"00F067AA0BA902B7\"")));
        assertThat(span.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(span.id()).isEqualTo("b7ad6b7169203331");
        assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void resourceAndScope_behindTheSpans_countForThem() {
        String json = spanJson("")
                .replace(
                        "]}]}]}",
                        "],\"scope\":{\"name\":\"s\"}}],\"resource\":{\"attributes\":"
                                + "[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"late\"}}]}}]}");
        Span span = only(readJson(json));
        assertThat(span.localServiceName()).isEqualTo("late");
        assertThat(span.tags()).containsOnly(entry("otel.scope.name", "s"));
    }

    @Test
    void text_thatIsNotUtf8_hasReplacements() {
        byte[] body = spanJson("\"name\":\"\u00c3\u00a9 \u00ff \u00ed\u00a0\u0080 \u00c0\u0080\"")
                .getBytes(ISO_8859_1);
        assertThat(only(new OtlpReader(OtlpMapping.defaults()).readJson(body, bytes -> {}))
                        .name())
                .isEqualTo("é \ufffd \ufffd \ufffd\ufffd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Malformed: expected an object at character 0",
                "[] | Malformed: expected an object at character 0",
                "{\"resourceSpans\":{}} | Malformed: expected an array at character 17",
                "{\"resourceSpans\":[5]} | Malformed: expected an object at character 18",
                "{} {} | Malformed: something follows the message at character 3"
            })
    void body_thatIsNotARequest_isMalformedWithThePlace(String json, String problem) {
        assertThatThrownBy(() -> readJson(json))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessage(problem + " reading OTLP from JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":5 | Malformed: expected a string",
                "\"traceId\":5 | Malformed: expected a string",
                "\"startTimeUnixNano\":true | Malformed: expected a number",
                "\"startTimeUnixNano\":\"x\" | Malformed: not a number",
                "\"startTimeUnixNano\":\"\" | Malformed: not a number",
                "\"startTimeUnixNano\":1.5 | Malformed: a number is not whole",
                "\"startTimeUnixNano\":1e-999999999 | Malformed: a number is not whole",
                "\"startTimeUnixNano\":-1 | Malformed: a number is not between 0 and 18446744073709551615",
                "\"startTimeUnixNano\":1e999999999 | Malformed: a number is not between 0 and 18446744073709551615",
                "\"endTimeUnixNano\":\"18446744073709551616\" | Malformed: a number is not between 0 and 18446744073709551615",
                "\"droppedLinksCount\":4294967296 | Malformed: a number is not between 0 and 4294967295",
                "\"attributes\":{} | Malformed: expected an array",
                "\"attributes\":[{\"value\":{\"boolValue\":1}}] | Malformed: expected true or false",
                "\"attributes\":[{\"value\":{\"bytesValue\":\"!\"}}] | Malformed: not valid Base64",
                "\"attributes\":[{\"value\":{\"intValue\":9223372036854775808}}] | Malformed: a number is not between -9223372036854775808 and 9223372036854775807",
                "\"name\":\"\t\" | Malformed: Illegal unquoted character",
                "\"x\":nul | Malformed: Unrecognized token 'nul'"
            })
    void field_thatIsMalformed_isNamedWithThePlace(String field, String problem) {
        assertThatThrownBy(() -> readJson(spanJson(field)))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith(problem)
                .hasMessageMatching("[^\\n]{1,300} at character \\d{2,3} reading OTLP from JSON");
    }

    @Test
    void number_ofMoreThan1024Characters_isRefused() {
        assertThat(only(readJson(spanJson("\"x\":1" + "0".repeat(1_000)))).name())
                .isNull();
        assertThatThrownBy(() -> readJson(spanJson("\"startTimeUnixNano\":1" + "0".repeat(1_024))))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageMatching("Refused: Number value length \\(1025\\) exceeds the maximum allowed \\(1024\\)"
                        + " at character \\d+ reading OTLP from JSON");
        assertThatThrownBy(() -> readJson(spanJson("\"startTimeUnixNano\":\"1" + "0".repeat(1_024) + "\"")))
                .isInstanceOf(MalformedSpansException.class)
                .hasMessageStartingWith("Malformed: not a number at character ");
    }
}
