package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.WildFlyServer;

/** The scripts in server-config/wildfly, on a running server: installed twice, removed twice, with the same result each time. */
class ServerConfigIT {
    private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();
    private static final String PORT =
            "/socket-binding-group=standard-sockets/socket-binding=http:read-attribute(name=port)";

    @Test
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        try (WildFlyServer server = WildFlyServer.launchUntouched(Map.of()).awaitHealthy()) {
            String untouched = server.configuration();

            run(server, "zipkin.cli");
            String installed = server.configuration();
            assertThat(server.cli("--command=" + PORT)).contains("QUERY_PORT:9411");
            run(server, "zipkin.cli");
            assertThat(server.configuration()).isEqualTo(installed);

            run(server, "zipkin-remove.cli");
            assertThat(server.configuration()).isEqualTo(untouched);
            run(server, "zipkin-remove.cli");
            assertThat(server.configuration()).isEqualTo(untouched);
        }
    }

    private static void run(WildFlyServer server, String script) {
        server.cli("--file=" + SCRIPTS.resolve(script));
    }
}
