package zipkin.ee.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.clients.OtlpClient.JSON;
import static zipkin.ee.clients.OtlpClient.PROTOBUF;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;

/** What the OTLP intake stores, discards and answers with 200. */
class OtlpHttpIT {
    private static final byte[] NOTHING = {};

    private final OtlpClient client = new OtlpClient(SharedZipkin.server().uri());
    private final ZipkinHttp zipkin = SharedZipkin.http();

    @Test
    void spans_inProtobuf_areStoredWhenTheyAreAnswered() {
        String traceId = OtlpClient.traceId();

        var answer = client.post("/v1/traces", PROTOBUF, OtlpClient.request("Frontend", List.of(span(traceId, 1))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(PROTOBUF);
        assertThat(answer.response().body()).isEmpty();
        assertThat(zipkin.trace(traceId)).containsExactly(stored(traceId, 1));
    }

    @Test
    void spans_gzipped_areStored() {
        String traceId = OtlpClient.traceId();
        byte[] body = OtlpClient.gzip(OtlpClient.request("frontend", List.of(span(traceId, 1))));

        assertThat(client.post("/v1/traces", PROTOBUF, body, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
        assertThat(zipkin.trace(traceId)).containsExactly(stored(traceId, 1));
    }

    @Test
    void spans_inJson_areStored_withWhatIsUnknownIgnored() {
        String traceId = OtlpClient.traceId();
        String body = """
                {"resourceSpans": [{
                  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "frontend"}}]},
                  "scopeSpans": [{
                    "scope": {"name": "shop", "version": "1.0", "attributes": [
                      {"key": "scope.tag", "value": {"stringValue": "some text"}}]},
                    "spans": [{
                      "traceId": "%s", "spanId": "EEE19B7EC3C1B174", "parentSpanId": "eee19b7ec3c1b173",
                      "name": "I'm a server span", "kind": 2, "unknown": {"nested": [1, null]},
                      "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": 1544712661000000000,
                      "attributes": [{"key": "span.tag", "value": {"intValue": "7"}}]}]}]}]}
                """.formatted(traceId.toUpperCase(Locale.ROOT));

        var answer = client.post("/v1/traces", JSON + "; charset=utf-8", body.getBytes(UTF_8));

        assertThat(answer.text()).isEqualTo("{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(JSON);
        assertThat(zipkin.trace(traceId))
                .containsExactly(zipkin2.Span.newBuilder()
                        .traceId(traceId)
                        .id("eee19b7ec3c1b174")
                        .parentId("eee19b7ec3c1b173")
                        .kind(zipkin2.Span.Kind.SERVER)
                        .name("i'm a server span")
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName("frontend").build())
                        .timestamp(1_544_712_660_000_000L)
                        .duration(1_000_000L)
                        .putTag("otel.scope.name", "shop")
                        .putTag("otel.scope.version", "1.0")
                        .putTag("scope.tag", "some text")
                        .putTag("span.tag", "7")
                        .build());
    }

    @Test
    void oneBadIdOf512_isRefusedAlone() {
        String traceId = OtlpClient.traceId();
        List<Span> spans = new ArrayList<>();
        for (int id = 1; id <= 512; id++) {
            spans.add(span(traceId, id));
        }
        spans.set(
                300,
                spans.get(300).toBuilder()
                        .setSpanId(OtlpClient.bytes("01020304050607"))
                        .build());
        long before = zipkin.counter("spans_dropped", "otlp/http");

        var answer = client.post("/v1/traces", PROTOBUF, OtlpClient.request("frontend", spans));

        ExportTracePartialSuccess partial = answer.export().getPartialSuccess();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(partial.getRejectedSpans()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).isNotEmpty();
        assertThat(zipkin.trace(traceId)).hasSize(511);
        assertThat(zipkin.counter("spans_dropped", "otlp/http")).isGreaterThan(before);
    }

    @Test
    void oneBadId_inJson_isRefusedAlone() {
        String traceId = OtlpClient.traceId();
        String spans = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"" + traceId
                + "\",\"spanId\":\"00000000000000ab\"},{\"traceId\":\"" + traceId + "\",\"spanId\":\"ab\"}]}]}]}";

        assertThat(client.post("/v1/traces", JSON, spans.getBytes(UTF_8)).text())
                .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"");
        assertThat(zipkin.trace(traceId)).hasSize(1);
    }

    @Test
    void emptyMessages_areSuccesses() {
        for (String path : List.of("/v1/traces", "/v1/logs", "/v1/metrics")) {
            var protobuf = client.post(path, PROTOBUF, NOTHING);
            assertThat(protobuf.status()).isEqualTo(200);
            assertThat(protobuf.header("Content-Type")).isEqualTo(PROTOBUF);
            assertThat(protobuf.response().body()).isEmpty();

            var json = client.post(path, JSON, "{}".getBytes(UTF_8));
            assertThat(json.status()).isEqualTo(200);
            assertThat(json.text()).isEqualTo("{}");
        }
    }

    @Test
    void metrics_areDiscardedAndCounted() {
        long before = zipkin.metric("counter.zipkin_collector.otlp_discarded.metrics");

        assertThat(client.post("/v1/metrics", PROTOBUF, new byte[] {1, 2, 3}).status())
                .isEqualTo(200);

        assertThat(zipkin.metric("counter.zipkin_collector.otlp_discarded.metrics"))
                .isGreaterThan(before);
        assertThat(zipkin.get("/prometheus").body())
                .contains("zipkin_collector_otlp_discarded_total{signal=\"metrics\"}", "uri=\"/v1/metrics\"");
    }

    @Test
    void eventInALog_isAnAnnotationOfItsSpan() {
        String traceId = OtlpClient.traceId();
        String logs = """
                {"resourceLogs": [{
                  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "frontend"}}]},
                  "scopeLogs": [{"logRecords": [
                    {"timeUnixNano": "1544712660000000000", "traceId": "%s", "spanId": "00000000000000ab",
                     "eventName": "exception"},
                    {"timeUnixNano": "1544712660000000000", "body": {"stringValue": "not an event"}}]}]}]}
                """.formatted(traceId);

        assertThat(client.post("/v1/logs", JSON, logs.getBytes(UTF_8)).text()).isEqualTo("{}");

        assertThat(zipkin.trace(traceId)).singleElement().satisfies(span -> {
            assertThat(span.id()).isEqualTo("00000000000000ab");
            assertThat(span.annotations()).singleElement().satisfies(annotation -> {
                assertThat(annotation.timestamp()).isEqualTo(1_544_712_660_000_000L);
                assertThat(annotation.value()).contains("exception");
            });
        });
    }

    private static Span span(String traceId, int id) {
        return Span.newBuilder()
                .setTraceId(OtlpClient.bytes(traceId))
                .setSpanId(OtlpClient.bytes(String.format(Locale.ROOT, "%016x", id)))
                .setName("GET /cart")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1_544_712_660_000_000_999L)
                .setEndTimeUnixNano(1_544_712_660_001_500_000L)
                .addAttributes(OtlpClient.attribute("http.route", "/cart"))
                .build();
    }

    private static zipkin2.Span stored(String traceId, int id) {
        return zipkin2.Span.newBuilder()
                .traceId(traceId)
                .id(String.format(Locale.ROOT, "%016x", id))
                .kind(zipkin2.Span.Kind.SERVER)
                .name("get /cart")
                .localEndpoint(Endpoint.newBuilder().serviceName("frontend").build())
                .timestamp(1_544_712_660_000_000L)
                .duration(1500L)
                .putTag("http.route", "/cart")
                .build();
    }
}
