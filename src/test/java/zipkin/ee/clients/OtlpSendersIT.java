package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Tracing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.JavaScriptTrace;
import zipkin.ee.testing.NpmFolder;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.okhttp3.OkHttpSender;
import zipkin2.reporter.otel.brave.OtlpProtoV1Encoder;

/** Tracers send OTLP to the ports that it has for itself, by default 4318 and 4317. */
class OtlpSendersIT {
    private static final int SEND_LIMIT_SECONDS = 30;

    private final ZipkinEeServer server = SharedZipkin.server();
    private final ZipkinHttp zipkin = SharedZipkin.http();

    @ParameterizedTest
    @ValueSource(strings = {"http", "proto"})
    void trace_exportedByOpenTelemetryJs_overHttp_isReadBackExactly(String exporter) {
        exportAndReadBack(exporter, server.otlpHttp());
    }

    @Test
    @Tag("wildfly")
    void trace_exportedByOpenTelemetryJs_overGrpc_isReadBackExactly() {
        exportAndReadBack("grpc", server.otlpGrpc());
    }

    /**
     * OTLP has no address of a client itself and no shared spans, and the encoder takes the address
     * of a consumer for that of its broker.
     */
    @Test
    void trace_reportedByBrave_isReadBack() throws IOException {
        BraveTrace trace;
        try (BytesMessageSender sender = OkHttpSender.newBuilder()
                        .endpoint(server.otlpHttp() + "/v1/traces")
                        .encoding(Encoding.PROTO3)
                        .build();
                AsyncZipkinSpanHandler spans = AsyncZipkinSpanHandler.newBuilder(sender)
                        .closeTimeout(SEND_LIMIT_SECONDS, TimeUnit.SECONDS)
                        .build(OtlpProtoV1Encoder.create());
                Tracing frontend = BraveTrace.frontend(spans);
                Tracing payments = BraveTrace.payments(spans)) {
            trace = BraveTrace.record(frontend, payments);
            spans.flush();
        }

        List<Span> read = zipkin.awaitTrace(trace.traceId(), trace.expected().size());
        assertThat(read.stream().map(OtlpSendersIT::essence))
                .containsExactlyInAnyOrderElementsOf(
                        trace.expected().stream().map(OtlpSendersIT::essence).toList());
        assertThat(read)
                .filteredOn(span -> span.kind() == Span.Kind.CLIENT)
                .extracting(Span::remoteEndpoint)
                .containsExactly(Endpoint.newBuilder()
                        .serviceName("payments")
                        .ip("2001:db8::c001")
                        .port(9000)
                        .build());
    }

    private void exportAndReadBack(String exporter, URI endpoint) {
        NpmFolder installed = NpmFolder.install("src/test/npm", "target/npm-clients");
        List<String> command =
                List.of("env", "OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint, installed.node(), "otlp.js", exporter);
        JavaScriptTrace trace = JavaScriptTrace.of(Programs.run(installed.path(), Duration.ofMinutes(2), command));

        assertThat(zipkin.awaitTrace(trace.traceId(), trace.expected().size()))
                .containsExactlyInAnyOrderElementsOf(trace.expected());
    }

    /** The span with names for endpoints, and with no other tag than an error. */
    private static Span essence(Span span) {
        Span.Builder essence = Span.newBuilder()
                .traceId(span.traceId())
                .parentId(span.parentId())
                .id(span.id())
                .kind(span.kind())
                .name(span.name())
                .timestamp(span.timestampAsLong())
                .duration(span.durationAsLong())
                .localEndpoint(Endpoint.newBuilder()
                        .serviceName(span.localServiceName())
                        .build())
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName(span.remoteServiceName())
                        .build());
        span.annotations().forEach(annotation -> essence.addAnnotation(annotation.timestamp(), annotation.value()));
        String error = span.tags().get("error");
        return error == null ? essence.build() : essence.putTag("error", error).build();
    }
}
