package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;

/**
 * The connectors come and go by their scripts on a running server that nobody configured; without
 * them it says what is missing.
 */
class MessagingScriptIT {
    private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();
    private static final String BEANS =
            "--command=/deployment=zipkin.war/subsystem=ejb3:read-children-names" + "(child-type=message-driven-bean)";
    private static final String ACTIVE = "--command=/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=JmsOtlp"
            + ":read-attribute(name=delivery-active)";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        String nobody = "127.0.0.1:" + ServerProcess.freePort();
        try (WildFlyServer server = WildFlyServer.launchUntouched(Map.of("KAFKA_BOOTSTRAP_SERVERS", nobody))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            String missing = "the connectors are not installed (docs/operating/messaging.md)";
            awaitScreen(server, 1);
            assertThat(server.log()).contains("kafka     waits: topic zipkin of " + nobody, missing);
            assertThat(zipkin.get("/health").body())
                    .contains("KafkaCollector{}", missing)
                    .doesNotContain(nobody);

            assertThatThrownBy(() -> server.redeploy(Map.of("COLLECTOR_HTTP_JOURNAL", "jms")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("COLLECTOR_HTTP_JOURNAL=jms: The application server has no java:/JmsXA."
                            + " Make the server ready for messages (docs/operating/messaging.md).");
            server.redeploy(Map.of());

            bringConnectors(server);
            server.cli("--file=" + SCRIPTS.resolve("messaging.cli"));
            String installed = server.configuration();
            assertThat(server.cli(BEANS)).contains("\"Kafka\"", "\"RabbitMq\"", "\"JmsOtlp\"");
            assertThat(server.cli(ACTIVE)).contains("\"result\" => false");
            assertThat(installed).contains("java:/jms/queue/zipkin-otlp");
            Await.value(
                    "what the connector says",
                    LIMIT,
                    () -> zipkin.get("/health").body(),
                    body -> body.contains("DOWN") && !body.contains(missing));
            server.cli("--file=" + SCRIPTS.resolve("messaging.cli"));
            assertThat(server.configuration()).isEqualTo(installed);

            server.cli("--file=" + SCRIPTS.resolve("messaging-remove.cli"));
            String removed = server.configuration();
            assertThat(removed)
                    .doesNotContain("zipkin-kafka.rar", "zipkin-rabbitmq.rar", "deployment-overlay", "zipkin-otlp");
            assertThat(Await.value(
                            "the WAR without connectors",
                            LIMIT,
                            () -> zipkin.get("/health").body(),
                            body -> body.contains(missing)))
                    .contains("InMemoryStorage{}");
            server.cli("--file=" + SCRIPTS.resolve("messaging-remove.cli"));
            assertThat(server.configuration()).isEqualTo(removed);
        }
    }

    /** The command line looks for what it deploys in its working folder. */
    private static void bringConnectors(WildFlyServer server) throws IOException {
        for (String name : new String[] {"zipkin-kafka.rar", "zipkin-rabbitmq.rar"}) {
            Files.copy(ZipkinEeServer.war().resolveSibling(name), server.base().resolve(name));
        }
        Path structure = Path.of("messaging", "jboss-deployment-structure.xml");
        Files.createDirectories(server.base().resolve(structure).getParent());
        Files.copy(SCRIPTS.resolve(structure), server.base().resolve(structure));
    }

    private static void awaitScreen(WildFlyServer server, int count) {
        Await.value(
                "the start-up screen",
                Duration.ofMinutes(3),
                server::log,
                log -> log.split("Zipkin EE 0\\.", -1).length > count && log.contains("  rabbitmq "));
    }
}
