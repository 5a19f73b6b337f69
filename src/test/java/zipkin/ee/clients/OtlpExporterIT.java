package zipkin.ee.clients;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;

/** The OpenTelemetry SDK for Java exports by opentelemetry-exporter-otlp, http/protobuf. */
class OtlpExporterIT {
    private static final Endpoint CHECKOUT =
            Endpoint.newBuilder().serviceName("checkout").build();

    private final long startMicros = System.currentTimeMillis() * 1000;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void trace_exported_isReadBackExactly(String compression) {
        exportAndReadBack(SharedZipkin.http(), compression);
    }

    /** This storage is not done when it returns, unlike that in memory. */
    @Test
    void trace_exportedToADatabase_isReadBackExactly(@TempDir Path folder) {
        Map<String, String> settings = Map.of(
                "STORAGE_TYPE", "h2", "ZIPKIN_DB_FILE", folder.resolve("spans").toString());
        try (LeasedServer lease = LeasedServer.start(settings)) {
            exportAndReadBack(lease.http(), "gzip");
        }
    }

    @Test
    void settings_switchSignalsOff() {
        Map<String, String> settings = Map.of("COLLECTOR_OTLP_DISCARD", "metrics");
        try (LeasedServer lease = LeasedServer.start(settings)) {
            OtlpClient client = new OtlpClient(lease.server().uri());
            assertThat(client.post("/v1/logs", OtlpClient.PROTOBUF, new byte[0]).status())
                    .isEqualTo(404);
            assertThat(client.post("/v1/metrics", OtlpClient.PROTOBUF, new byte[0])
                            .status())
                    .isEqualTo(200);
        }
        try (LeasedServer lease = LeasedServer.start(Map.of("COLLECTOR_OTLP_ENABLED", "false"))) {
            OtlpClient client = new OtlpClient(lease.server().uri());
            for (String path : List.of("/v1/traces", "/v1/logs", "/v1/metrics")) {
                assertThat(client.post(path, OtlpClient.PROTOBUF, new byte[0]).status())
                        .isEqualTo(404);
            }
        }
    }

    private void exportAndReadBack(ZipkinHttp zipkin, String compression) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(zipkin.uri("/v1/traces").toString())
                .setCompression(compression)
                .build();
        List<Span> expected;
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(stringKey("service.name"), "Checkout")))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            expected = record(provider.get("shop", "1.2"));
        }

        assertThat(zipkin.awaitTrace(expected.get(0).traceId(), expected.size()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A server span with a client child that fails; returns what the server must say of them. */
    private List<Span> record(Tracer tracer) {
        var request = tracer.spanBuilder("POST /Cart")
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(startMicros, TimeUnit.MICROSECONDS)
                .setAttribute("http.request.method", "POST")
                .setAttribute(longKey("http.response.status_code"), 200L)
                .setAttribute(stringArrayKey("items"), List.of("tea", "bread"))
                .startSpan();
        request.setStatus(StatusCode.OK);
        var call = tracer.spanBuilder("reserve")
                .setParent(Context.root().with(request))
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(startMicros + 1_000, TimeUnit.MICROSECONDS)
                .setAttribute("peer.service", "Stock")
                .setAttribute("network.peer.address", "10.3.0.2")
                .setAttribute(longKey("network.peer.port"), 8443L)
                .startSpan();
        call.addEvent("retry", startMicros + 2_000, TimeUnit.MICROSECONDS);
        call.addEvent("timeout", Attributes.of(longKey("after_ms"), 2L), startMicros + 3_000, TimeUnit.MICROSECONDS);
        call.setStatus(StatusCode.ERROR, "no stock");
        call.end(startMicros + 4_000, TimeUnit.MICROSECONDS);
        request.end(startMicros + 5_000, TimeUnit.MICROSECONDS);
        return List.of(request(request.getSpanContext()), call(request.getSpanContext(), call.getSpanContext()));
    }

    private Span request(SpanContext request) {
        return span(request, startMicros, 5_000)
                .kind(Span.Kind.SERVER)
                .name("post /cart")
                .putTag("http.request.method", "POST")
                .putTag("http.response.status_code", "200")
                .putTag("items", "[\"tea\",\"bread\"]")
                .putTag("otel.status_code", "OK")
                .build();
    }

    private Span call(SpanContext request, SpanContext call) {
        return span(call, startMicros + 1_000, 3_000)
                .parentId(request.getSpanId())
                .kind(Span.Kind.CLIENT)
                .name("reserve")
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("stock")
                        .ip("10.3.0.2")
                        .port(8443)
                        .build())
                .addAnnotation(startMicros + 2_000, "retry")
                .addAnnotation(startMicros + 3_000, "\"timeout\":{\"after_ms\":2}")
                .putTag("peer.service", "Stock")
                .putTag("network.peer.address", "10.3.0.2")
                .putTag("network.peer.port", "8443")
                .putTag("error", "no stock")
                .putTag("otel.status_code", "ERROR")
                .build();
    }

    private static Span.Builder span(SpanContext context, long startMicros, long durationMicros) {
        return Span.newBuilder()
                .traceId(context.getTraceId())
                .id(context.getSpanId())
                .localEndpoint(CHECKOUT)
                .timestamp(startMicros)
                .duration(durationMicros)
                .putTag("otel.scope.name", "shop")
                .putTag("otel.scope.version", "1.2");
    }
}
