package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Scripts;

/**
 * The scripts for ActiveMQ Classic, a remote Artemis and Pulsar come and go on a running server;
 * without them it says what is missing.
 */
class JmsScriptIT {
    private static final String MISSING =
            "Its resource adapter is not installed: run server-config/wildfly/activemq.cli.";
    private static final String PULSAR_MISSING = "the connector for Pulsar is not installed (docs/operating/pulsar.md)";
    private static final String BROKER_LOST = "The broker cannot be reached";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        String nobody = "tcp://127.0.0.1:" + ServerProcess.freePort();
        try (WildFlyServer server = WildFlyServer.launch(Map.of(
                "ACTIVEMQ_URL",
                nobody,
                "ARTEMIS_PORT",
                Integer.toString(ServerProcess.freePort()),
                "PULSAR_SERVICE_URL",
                "pulsar://127.0.0.1:1"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            awaitHealth(zipkin, MISSING);
            Await.value("the start-up screen", LIMIT, server::log, log -> log.matches("(?s).*activemq +waits: .*"));
            assertThat(server.log()).contains(MISSING, PULSAR_MISSING);
            assertThat(zipkin.get("/health").body()).contains(PULSAR_MISSING);
            assertThat(server.errors()).isEmpty();
            String untouched = server.configuration();

            String install = joined("install.cli", "activemq.cli", "artemis-remote.cli", "pulsar.cli");
            server.cli(install);
            server.cli("--command=:reload");
            String installed = server.configuration();
            awaitHealth(zipkin, BROKER_LOST);
            assertThat(zipkin.get("/health").body())
                    .contains("ActiveMQCollector{}", "JmsCollector{}")
                    .doesNotContain(MISSING, PULSAR_MISSING, nobody);
            assertThat(installed).contains("zipkin-pulsar.rar");
            server.cli(install);
            assertThat(server.configuration()).isEqualTo(installed);

            String remove =
                    joined("remove.cli", "activemq-remove.cli", "artemis-remote-remove.cli", "pulsar-remove.cli");
            server.cli(remove);
            server.cli("--command=:reload");
            awaitHealth(zipkin, MISSING);
            assertThat(server.configuration()).isEqualTo(untouched);
            server.cli(remove);
            assertThat(server.configuration()).isEqualTo(untouched);
        }
    }

    private String joined(String name, String... scripts) throws IOException {
        return "--file="
                + Files.write(
                        folder.resolve(name),
                        Stream.of(scripts).map(Scripts::text).toList());
    }

    private static void awaitHealth(ZipkinHttp zipkin, String text) {
        Await.value("health with " + text, LIMIT, () -> health(zipkin), body -> body.contains(text));
    }

    private static String health(ZipkinHttp zipkin) {
        try {
            return zipkin.get("/health").body();
        } catch (UncheckedIOException e) {
            return "not up: " + e;
        }
    }
}
