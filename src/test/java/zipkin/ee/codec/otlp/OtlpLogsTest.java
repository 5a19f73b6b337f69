package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin2.Endpoint;
import zipkin2.Span;

class OtlpLogsTest {
    private static final OtlpMapping CORRELATED = new OtlpMapping("", List.of("*"), true, false, true);

    @Test
    void event_ofASpan_isAPartialSpan() {
        LogRecord.Builder exception = event().setEventName("exception")
                .setObservedTimeUnixNano(9_000)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
                .setSeverityText("ERROR")
                .setBody(text("it \"failed\""))
                .addAttributes(attribute("exception.type", "java.io.IOException"))
                .addAttributes(attribute("body", "replaced"))
                .setDroppedAttributesCount(2)
                .setFlags(1);

        assertThat(read(request(exception)))
                .isEqualTo(new OtlpLogs(
                        List.of(partial(
                                5,
                                "\"exception\":{\"exception.type\":\"java.io.IOException\",\"body\":\"it \\\"failed\\\"\","
                                        + "\"severity_number\":17,\"severity_text\":\"ERROR\","
                                        + "\"dropped_attributes_count\":2}")),
                        1));
    }

    @Test
    void event_namedByAnAttribute_isAPartialSpan() {
        LogRecord.Builder old =
                event().addAttributes(attribute("event.name", "click")).setBody(array(text("a")));
        assertThat(read(request(old)).spans()).containsExactly(partial(5, "\"click\":{\"body\":[\"a\"]}"));
    }

    @Test
    void event_withBothNames_isNamedByItsField() {
        LogRecord.Builder both = event().setEventName("new").addAttributes(attribute("event.name", "old"));
        assertThat(read(request(both)).spans()).containsExactly(partial(5, "\"new\":{\"event.name\":\"old\"}"));
    }

    @Test
    void event_withATimeThatIsNone_hasTheTimeOfItsObservation() {
        LogRecord.Builder observed =
                event().setEventName("e").setTimeUnixNano(-1).setObservedTimeUnixNano(8_999);
        assertThat(read(request(observed)).spans()).containsExactly(partial(8, "e"));
    }

    @Test
    void event_withoutTime_hasTheTimeOfItsObservation() {
        LogRecord.Builder observed =
                event().setEventName("e").clearTimeUnixNano().setObservedTimeUnixNano(8_999);
        assertThat(read(request(observed)).spans()).containsExactly(partial(8, "e"));
    }

    static Stream<LogRecord.Builder> others() {
        return Stream.of(
                event(),
                event().addAttributes(attribute("event.name", "")),
                event().addAttributes(attribute("event.name", 5)),
                event().setEventName("e").clearTraceId(),
                event().setEventName("e").setTraceId(ByteString.copyFrom(new byte[16])),
                event().setEventName("e").clearSpanId(),
                event().setEventName("e").setSpanId(id("b7ad6b71692033")),
                event().setEventName("e").clearTimeUnixNano(),
                event().setEventName("e").setBody(OtlpRefusalTest.nested(256)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void record_thatIsNotAnEventOfASpan_isOnlyCounted(LogRecord.Builder other) {
        OtlpLogs logs = read(request(other, event().setEventName("e")));
        assertThat(logs.spans()).containsExactly(partial(5, "e"));
        assertThat(logs.records()).isEqualTo(2);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(text("it \"failed\""), "it \"failed\""),
                Arguments.of(AnyValue.newBuilder().setIntValue(5).build(), "5"),
                Arguments.of(
                        map(attribute("code", 5), attribute("list", array(text("a")))),
                        "{\"code\":5,\"list\":[\"a\"]}"),
                Arguments.of(text("x".repeat(4_096)), "x".repeat(4_096)),
                Arguments.of(text("x".repeat(4_097)), "x".repeat(4_095) + "…"),
                Arguments.of(text("x".repeat(4_094) + "😀😀"), "x".repeat(4_094) + "…"),
                Arguments.of(map(attribute("k", "x".repeat(5_000))), "{\"k\":\"" + "x".repeat(4_089) + "…"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void correlatedRecord_isAnAnnotationOfTheBeginningOfItsBody(AnyValue body, String expected) {
        LogRecord.Builder log =
                event().setBody(body).setSeverityText("ERROR").addAttributes(attribute("thread", "main"));
        assertThat(read(request(log), CORRELATED)).isEqualTo(new OtlpLogs(List.of(partial(5, expected)), 1));
        assertThat(read(request(log))).isEqualTo(new OtlpLogs(List.of(), 1));
    }

    @Test
    void correlatedEvent_hasTheFormOfAnEvent() {
        LogRecord.Builder event = event().setEventName("e").setBody(text("b"));
        assertThat(read(request(event), CORRELATED).spans()).containsExactly(partial(5, "\"e\":{\"body\":\"b\"}"));
    }

    static Stream<LogRecord.Builder> uncorrelated() {
        return Stream.of(
                event(),
                event().setBody(text("")),
                event().setBody(text("b")).clearTraceId(),
                event().setBody(text("b")).clearSpanId(),
                event().setBody(text("b")).clearTimeUnixNano(),
                event().setBody(OtlpRefusalTest.nested(256)));
    }

    @ParameterizedTest
    @MethodSource("uncorrelated")
    void record_withoutSpanBodyOrTime_isNotCorrelated(LogRecord.Builder log) {
        assertThat(read(request(log), CORRELATED)).isEqualTo(new OtlpLogs(List.of(), 1));
    }

    @Test
    void severityNumber_asNameInJson_isRead() {
        String json = new String(json(request(event().setEventName("e").setSeverityNumberValue(17))), UTF_8)
                .replace(":17", ":\"SEVERITY_NUMBER_ERROR\"");
        assertThat(json).contains("\"SEVERITY_NUMBER_ERROR\"");
        OtlpLogs logs = new OtlpReader(OtlpMapping.defaults()).readLogsJson(json.getBytes(UTF_8));
        assertThat(logs.spans()).containsExactly(partial(5, "\"e\":{\"severity_number\":17}"));
    }

    private static LogRecord.Builder event() {
        return LogRecord.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID).setTimeUnixNano(5_999);
    }

    private static ExportLogsServiceRequest request(LogRecord.Builder... records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder log : records) {
            scope.addLogRecords(log);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(attribute("service.name", "Shop"), attribute("host.name", "h")))
                        .addScopeLogs(scope))
                .build();
    }

    private static Span partial(long micros, String annotation) {
        return Span.newBuilder()
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .id("b7ad6b7169203331")
                .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                .addAnnotation(micros, annotation)
                .build();
    }
}
