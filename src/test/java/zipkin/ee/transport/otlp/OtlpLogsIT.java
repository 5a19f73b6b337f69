package zipkin.ee.transport.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin2.Annotation;

/** What each value of COLLECTOR_OTLP_LOGS makes of an event and of a log record of a span. */
@ResourceLock(RedeployedZipkin.LOCK)
class OtlpLogsIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"events | checkout", "correlated | checkout,{\"items\":2}", "none |"})
    void records_ofASpan_areAnnotationsBySetting(String logs, String expected) {
        ZipkinHttp zipkin =
                new ZipkinHttp(RedeployedZipkin.with(Map.of("STORAGE_TYPE", "mem", "COLLECTOR_OTLP_LOGS", logs))
                        .uri());
        List<String> annotations = expected == null ? List.of() : List.of(expected.split(",", -1));
        String inProtobuf = traceId();
        String inJson = traceId();

        assertThat(zipkin.post("/v1/logs", "application/x-protobuf", protobuf(inProtobuf))
                        .statusCode())
                .isEqualTo(200);
        assertThat(zipkin.post("/v1/logs", "application/json", json(inJson)).body())
                .isEqualTo("{}");

        assertThat(annotations(zipkin, inProtobuf)).isEqualTo(annotations);
        assertThat(annotations(zipkin, inJson)).isEqualTo(annotations);
        assertThat(zipkin.metric("counter.zipkin_collector.otlp_discarded.logs"))
                .isEqualTo(2);
    }

    private static List<String> annotations(ZipkinHttp zipkin, String traceId) {
        return zipkin.trace(traceId).stream()
                .flatMap(span -> span.annotations().stream())
                .map(Annotation::value)
                .toList();
    }

    private static byte[] protobuf(String traceId) {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 7}))
                .setTimeUnixNano(1_544_712_660_000_000_000L);
        AnyValue.Builder body = AnyValue.newBuilder();
        body.getKvlistValueBuilder()
                .addValuesBuilder()
                .setKey("items")
                .getValueBuilder()
                .setIntValue(2);
        ScopeLogs.Builder records = ScopeLogs.newBuilder()
                .addLogRecords(log.clone().setEventName("checkout"))
                .addLogRecords(
                        log.clone().setTimeUnixNano(1_544_712_660_000_001_000L).setBody(body))
                .addLogRecords(LogRecord.newBuilder().setBody(body));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(records))
                .build()
                .toByteArray();
    }

    private static byte[] json(String traceId) {
        return """
                {"resourceLogs": [{"scopeLogs": [{"logRecords": [
                  {"timeUnixNano": "1544712660000000000", "traceId": "%1$s", "spanId": "0000000000000007",
                   "eventName": "checkout"},
                  {"timeUnixNano": "1544712660000001000", "traceId": "%1$s", "spanId": "0000000000000007",
                   "body": {"kvlistValue": {"values": [{"key": "items", "value": {"intValue": "2"}}]}}},
                  {"body": {"stringValue": "of no span"}}]}]}]}
                """.formatted(traceId).getBytes(UTF_8);
    }

    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(1, Long.MAX_VALUE), random.nextLong());
    }
}
