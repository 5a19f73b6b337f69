package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.DeploymentSpan;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * The listeners on OTLP's own ports: shown on the start-up screen, of no harm when their port is in
 * use, and switched off by a setting. What senders do there is in {@code zipkin.ee.clients}.
 */
@Tag("wildfly")
class OtlpPortsIT {
    private static final byte[] NO_SPANS = {};

    @Test
    void ports_areOnTheScreen_andLeadToWhatTheMainOneLeadsTo() {
        ZipkinEeServer server = SharedZipkin.server();
        List<URI> ports = List.of(server.otlpGrpc(), server.otlpHttp());
        String row = ports.stream()
                .sorted()
                .map(port -> ", " + port.getPort() + (port.equals(ports.get(0)) ? " (otlp-grpc)" : " (otlp-http)"))
                .reduce("  ports     " + server.uri().getPort(), String::concat);

        Await.value("the start-up screen", server::log, log -> log.contains(row + System.lineSeparator()));
        for (URI port : ports) {
            Span span = DeploymentSpan.of("otlp-port");
            ZipkinHttp zipkin = new ZipkinHttp(port);
            assertThat(zipkin.post("/v1/traces", "application/x-protobuf", NO_SPANS)
                            .statusCode())
                    .isEqualTo(200);
            zipkin.report(List.of(span));
            assertThat(SharedZipkin.http().trace(span.traceId())).containsExactly(span);
        }
    }

    @Test
    void ports_switchedOff_areClosed() {
        try (LeasedServer lease = LeasedServer.start(Map.of("COLLECTOR_OTLP_LISTENERS", "false"))) {
            for (URI port : List.of(lease.server().otlpGrpc(), lease.server().otlpHttp())) {
                assertThatThrownBy(() -> new Socket(port.getHost(), port.getPort()).close())
                        .isInstanceOf(ConnectException.class);
            }
            // Before it, the log may have the screen of a start with the ports.
            Await.value(
                    "the last start-up screen, without the ports",
                    () -> lastScreen(lease.server().log()),
                    screen -> screen.contains("  otlp/http on: ") && !screen.contains("  ports     "));
        }
    }

    private static String lastScreen(String log) {
        return log.substring(Math.max(0, log.lastIndexOf("  UI        ")));
    }

    @Test
    void portInUse_leavesTheOtherOnesOpen_andIsOnTheScreen() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LeasedServer lease =
                        LeasedServer.start(Map.of("COLLECTOR_OTLP_GRPC_PORT", Integer.toString(other.getLocalPort())));
                ZipkinEeServer server = lease.server()) { // so that no other test takes it over
            Await.value(
                    "the start-up screen",
                    server::log,
                    log -> log.contains(other.getLocalPort() + " (otlp-grpc could not be opened"));
            assertThat(server.errors())
                    .anyMatch(line -> line.contains("otlp-grpc") && line.contains("Address already in use"));

            Span span = DeploymentSpan.of("otlp-port");
            new ZipkinHttp(server.otlpHttp()).report(List.of(span));
            assertThat(lease.http().trace(span.traceId())).containsExactly(span);
        }
    }
}
