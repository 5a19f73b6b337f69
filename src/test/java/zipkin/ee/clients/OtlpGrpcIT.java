package zipkin.ee.clients;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.GrpcClient;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

/**
 * OTLP over gRPC on the port of HTTP: OpenTelemetry's SDK for Java exports, and grpc-java sends
 * what the SDK does not. On WildFly: elsewhere HTTP/2 is off.
 */
@Tag("wildfly")
class OtlpGrpcIT {
    /** How long an exporter tries. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String PREFIX = "opentelemetry.proto.collector.";
    private static final String TRACES = PREFIX + "trace.v1.TraceService/Export";
    private static final String LOGS = PREFIX + "logs.v1.LogsService/Export";
    private static final String METRICS = PREFIX + "metrics.v1.MetricsService/Export";
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final ZipkinHttp zipkin = SharedZipkin.http();

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void trace_exportedByTheSdk_isReadBack(String compression) {
        String traceId = export(zipkin.uri("/"), compression, 100);

        assertThat(zipkin.awaitTrace(traceId, 100)).allSatisfy(span -> {
            assertThat(span.localServiceName()).isEqualTo("checkout");
            assertThat(span.tags()).containsEntry("otel.scope.name", "shop");
        });
    }

    @Test
    void oneWrongSpan_isRefusedAlone() throws Exception {
        String traceId = OtlpClient.traceId();
        long rejected = zipkin.counter("spans_dropped", "otlp/grpc");
        byte[] request = OtlpClient.request(
                "frontend",
                List.of(span(traceId, "0000000000000001"), span(traceId, "02"), span(traceId, "0000000000000003")));

        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(call(TRACES, request));

        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("resourceSpans[0].scopeSpans[0].spans[1]");
        assertThat(zipkin.trace(traceId))
                .extracting(zipkin2.Span::id)
                .containsExactlyInAnyOrder("0000000000000001", "0000000000000003");
        assertThat(zipkin.counter("spans_dropped", "otlp/grpc")).isGreaterThan(rejected);
    }

    @Test
    void eventsInLogs_areAnnotations_andTheRestOfLogsAndMetricsIsDiscarded() {
        String traceId = OtlpClient.traceId();
        call(TRACES, OtlpClient.request("frontend", List.of(span(traceId, "0000000000000001"))));
        LogRecord event = LogRecord.newBuilder()
                .setTraceId(OtlpClient.bytes(traceId))
                .setSpanId(OtlpClient.bytes("0000000000000001"))
                .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .setEventName("cache.miss")
                .build();
        byte[] logs = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(event)))
                .build()
                .toByteArray();

        assertThat(call(LOGS, logs)).isEmpty();
        assertThat(call(METRICS, new byte[] {1, 2, 3})).isEmpty();

        assertThat(zipkin.trace(traceId).stream().flatMap(span -> span.annotations().stream()))
                .anyMatch(annotation -> annotation.value().contains("cache.miss"));
    }

    @Test
    void whatCannotBeTaken_hasTheStatusThatExportersKnow() {
        assertThat(refused(TRACES, "no protobuf".getBytes(UTF_8)).getStatus().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(PREFIX + "trace.v1.TraceService/Query", new byte[0])
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(call(TRACES, new byte[0])).isEmpty();
    }

    @Test
    void storageDown_isUnavailable_withTheTimeToRetry_andARetryingExporterLosesNothing() throws Exception {
        try (DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18);
                LeasedServer lease = LeasedServer.start(DatabaseSettings.postgresql(database.createDatabase()))) {
            URI server = lease.server().uri();
            database.kill();
            byte[] request = OtlpClient.request("s", List.of(span(OtlpClient.traceId(), "0000000000000001")));
            StatusRuntimeException refused;
            try (GrpcClient client = new GrpcClient(server)) {
                refused = client.refusedCall(TRACES, request);
            }
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            com.google.rpc.Status details =
                    com.google.rpc.Status.parseFrom(refused.getTrailers().get(DETAILS));
            assertThat(details.getDetails(0)
                            .unpack(RetryInfo.class)
                            .getRetryDelay()
                            .getSeconds())
                    .isPositive();

            OtlpGrpcSpanExporter exporter = exporter(server, "gzip");
            try (SdkTracerProvider provider = provider(exporter)) {
                String traceId = record(provider, 30);
                CompletableResultCode flushed = provider.forceFlush();
                TimeUnit.SECONDS.sleep(1);
                database.restart();

                flushed.join(LIMIT.toSeconds(), TimeUnit.SECONDS);
                Await.value("health", () -> lease.http().get("/health").statusCode(), status -> status == 200);
                assertThat(lease.http().awaitTrace(traceId, 30)).hasSize(30);
            }
        }
    }

    @Test
    void switchedOff_isNotThere() {
        try (LeasedServer lease = LeasedServer.start(Map.of("COLLECTOR_OTLP_DISCARD", "none"));
                GrpcClient client = new GrpcClient(lease.server().uri())) {
            assertThat(client.refusedCall(METRICS, new byte[0]).getStatus().getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        }
        try (LeasedServer lease = LeasedServer.start(Map.of("COLLECTOR_OTLP_ENABLED", "false"));
                GrpcClient client = new GrpcClient(lease.server().uri())) {
            assertThat(client.refusedCall(TRACES, new byte[0]).getStatus().getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }

    private byte[] call(String method, byte[] message) {
        try (GrpcClient client = new GrpcClient(zipkin.uri("/"))) {
            return client.call(method, message);
        }
    }

    private StatusRuntimeException refused(String method, byte[] message) {
        try (GrpcClient client = new GrpcClient(zipkin.uri("/"))) {
            return client.refusedCall(method, message);
        }
    }

    private static String export(URI server, String compression, int spans) {
        try (SdkTracerProvider provider = provider(exporter(server, compression))) {
            return record(provider, spans);
        }
    }

    private static OtlpGrpcSpanExporter exporter(URI server, String compression) {
        return OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://" + server.getAuthority())
                .setCompression(compression)
                .setTimeout(LIMIT)
                .setRetryPolicy(RetryPolicy.builder()
                        .setMaxAttempts(5)
                        .setInitialBackoff(Duration.ofSeconds(2))
                        .build())
                .build();
    }

    private static SdkTracerProvider provider(OtlpGrpcSpanExporter exporter) {
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(stringKey("service.name"), "checkout")))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setExporterTimeout(LIMIT)
                        .build())
                .build();
    }

    /** A trace of so many spans; returns its id. */
    private static String record(SdkTracerProvider provider, int count) {
        List<io.opentelemetry.api.trace.Span> spans = new ArrayList<>();
        var root = provider.get("shop").spanBuilder("root").startSpan();
        spans.add(root);
        for (int i = 1; i < count; i++) {
            spans.add(provider.get("shop")
                    .spanBuilder("child-" + i)
                    .setParent(io.opentelemetry.context.Context.root().with(root))
                    .startSpan());
        }
        spans.forEach(io.opentelemetry.api.trace.Span::end);
        return root.getSpanContext().getTraceId();
    }

    private static Span span(String traceId, String id) {
        return Span.newBuilder()
                .setTraceId(OtlpClient.bytes(traceId))
                .setSpanId(OtlpClient.bytes(id))
                .setName("call")
                .setStartTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .build();
    }
}
