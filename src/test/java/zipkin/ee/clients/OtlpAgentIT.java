package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.TracedShop;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * OpenTelemetry's Java agent in two applications that know nothing of it: one sends over HTTP, its
 * default, and on WildFly the other one over gRPC. Both send traces, metrics and logs.
 */
class OtlpAgentIT {
    private final String suffix =
            "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 28, Integer.MAX_VALUE));
    private final String frontend = "frontend" + suffix;
    private final String stock = "stock" + suffix;

    @Test
    void trace_ofTwoServices_isReadBack_andMetricsAndLogsAreDiscarded() {
        try (LeasedServer lease = LeasedServer.start(Map.of())) {
            String logs = order(lease.server());

            assertThat(logs).doesNotContain("ERROR", "Failed to export");
            assertTrace(lease.http().awaitTraceOf(frontend, "get /order", 4));
            assertThat(lease.http().metric("counter.zipkin_collector.otlp_discarded.metrics"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(lease.http().metric("counter.zipkin_collector.otlp_discarded.logs"))
                    .isGreaterThanOrEqualTo(1);
            assertThat(dependencies(lease.http()))
                    .contains("{\"parent\":\"" + frontend + "\",\"child\":\"" + stock
                            + "\",\"callCount\":1,\"errorCount\":1}");
        }
    }

    /** Has the shop send everything, and returns what it logged. */
    private String order(ZipkinEeServer server) {
        Map<String, String> http =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", server.otlpHttp().toString());
        Map<String, String> grpc = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", server.otlpGrpc().toString(), "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        TracedShop back = TracedShop.startStock(stock, ZipkinEeServer.isWildFly() ? grpc : http);
        TracedShop front = TracedShop.startFrontend(frontend, http, back);
        try (back;
                front) {
            front.order();
        }
        return front.log() + back.log();
    }

    private void assertTrace(List<Span> spans) {
        Span order = only(spans, Span.Kind.SERVER, "get /order");
        Span answer = only(spans, Span.Kind.SERVER, "get /stock");
        Span ask = spans.stream()
                .filter(span -> span.id().equals(answer.parentId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(spans));
        Span payment = spans.stream()
                .filter(span -> span.kind() == Span.Kind.CLIENT && !span.equals(ask))
                .findFirst()
                .orElseThrow(() -> new AssertionError(spans));

        assertThat(spans).hasSize(4);
        assertThat(order.parentId()).isNull();
        assertThat(order.localServiceName()).isEqualTo(frontend);
        assertThat(order.tags())
                .containsEntry("http.response.status_code", "200")
                .doesNotContainKey("error");
        assertThat(ask.parentId()).isEqualTo(order.id());
        assertThat(ask.kind()).isEqualTo(Span.Kind.CLIENT);
        assertThat(ask.name()).isEqualTo("get");
        assertThat(ask.localServiceName()).isEqualTo(frontend);
        assertThat(ask.remoteServiceName()).isEqualTo("localhost");
        assertThat(ask.tags()).containsEntry("error", "500");
        assertThat(answer.localServiceName()).isEqualTo(stock);
        assertThat(answer.remoteEndpoint())
                .extracting(Endpoint::serviceName, Endpoint::ipv4)
                .containsExactly(null, "127.0.0.1");
        assertThat(answer.tags()).containsEntry("error", "500").containsEntry("otel.status_code", "ERROR");
        assertThat(payment.parentId()).isEqualTo(order.id());
        assertThat(payment.remoteEndpoint())
                .isEqualTo(
                        Endpoint.newBuilder().serviceName("localhost").port(1).build());
        assertThat(payment.annotations()).singleElement().satisfies(event -> assertThat(event.value())
                .startsWith("\"exception\":{")
                .contains("\"exception.type\":\"java.net.ConnectException\""));
    }

    private static Span only(List<Span> spans, Span.Kind kind, String name) {
        assertThat(spans)
                .filteredOn(span -> span.kind() == kind && name.equals(span.name()))
                .hasSize(1);
        return spans.stream()
                .filter(span -> span.kind() == kind && name.equals(span.name()))
                .findFirst()
                .orElseThrow();
    }

    private static String dependencies(ZipkinHttp zipkin) {
        return zipkin.get("/api/v2/dependencies?endTs=" + (System.currentTimeMillis() + 60_000))
                .body();
    }
}
