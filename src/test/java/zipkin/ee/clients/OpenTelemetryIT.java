package zipkin.ee.clients;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.zipkin.ZipkinSpanExporter;
import io.opentelemetry.exporter.zipkin.ZipkinSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.SpanBytesEncoder;
import zipkin2.reporter.okhttp3.OkHttpSender;

/** The OpenTelemetry SDK for Java exports by opentelemetry-exporter-zipkin. */
// OpenTelemetry points its users to OTLP; many export to Zipkin still
@SuppressWarnings("deprecation")
class OpenTelemetryIT {
    private static final Endpoint CHECKOUT =
            Endpoint.newBuilder().serviceName("checkout").ip("10.3.0.1").build();

    private final ZipkinHttp zipkin = SharedZipkin.http();
    private final long startMicros = System.currentTimeMillis() * 1000;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void trace_exportedAsJson_isReadBackExactly(String compression) throws UnknownHostException {
        exportAndReadBack(ZipkinSpanExporter.builder()
                .setEndpoint(zipkin.uri("/api/v2/spans").toString())
                .setCompression(compression));
    }

    @Test
    void trace_exportedAsProto3_isReadBackExactly() throws UnknownHostException {
        exportAndReadBack(ZipkinSpanExporter.builder()
                .setSender(OkHttpSender.newBuilder()
                        .endpoint(zipkin.uri("/api/v2/spans").toString())
                        .encoding(Encoding.PROTO3)
                        .build())
                .setEncoder(SpanBytesEncoder.PROTO3));
    }

    private void exportAndReadBack(ZipkinSpanExporterBuilder exporter) throws UnknownHostException {
        InetAddress localIp = InetAddress.getByName("10.3.0.1");
        exporter.setLocalIpAddressSupplier(() -> localIp);
        List<Span> expected;
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(stringKey("service.name"), "Checkout")))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build()) {
            expected = record(provider.get("shop", "1.2"));
        }

        assertThat(zipkin.awaitTrace(expected.get(0).traceId(), expected.size()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A server span with a client child that fails; answers what the server must say of them. */
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
                .setAttribute("server.port", 8443L)
                .startSpan();
        call.addEvent("retry", startMicros + 2_000, TimeUnit.MICROSECONDS);
        call.addEvent("timeout", Attributes.of(longKey("after_ms"), 2L), startMicros + 3_000, TimeUnit.MICROSECONDS);
        call.setStatus(StatusCode.ERROR, "no stock");
        call.end(startMicros + 4_000, TimeUnit.MICROSECONDS);
        request.end(startMicros + 5_000, TimeUnit.MICROSECONDS);
        return List.of(
                request(
                        request.getSpanContext().getTraceId(),
                        request.getSpanContext().getSpanId()),
                call(
                        request.getSpanContext().getTraceId(),
                        request.getSpanContext().getSpanId(),
                        call.getSpanContext().getSpanId()));
    }

    private Span request(String traceId, String id) {
        return span(traceId, id, startMicros, 5_000)
                .kind(Span.Kind.SERVER)
                .name("post /cart")
                .putTag("http.request.method", "POST")
                .putTag("http.response.status_code", "200")
                .putTag("items", "tea,bread")
                .putTag("otel.status_code", "OK")
                .build();
    }

    private Span call(String traceId, String parentId, String id) {
        return span(traceId, id, startMicros + 1_000, 3_000)
                .parentId(parentId)
                .kind(Span.Kind.CLIENT)
                .name("reserve")
                .remoteEndpoint(Endpoint.newBuilder().serviceName("stock").build())
                .addAnnotation(startMicros + 2_000, "\"retry\":{}")
                .addAnnotation(startMicros + 3_000, "\"timeout\":{\"after_ms\":2}")
                .putTag("peer.service", "Stock")
                .putTag("server.port", "8443")
                .putTag("error", "no stock")
                .putTag("otel.status_code", "ERROR")
                .build();
    }

    private static Span.Builder span(String traceId, String id, long startMicros, long durationMicros) {
        return Span.newBuilder()
                .traceId(traceId)
                .id(id)
                .localEndpoint(CHECKOUT)
                .timestamp(startMicros)
                .duration(durationMicros)
                .putTag("otel.library.name", "shop")
                .putTag("otel.library.version", "1.2")
                .putTag("otel.scope.name", "shop")
                .putTag("otel.scope.version", "1.2");
    }
}
