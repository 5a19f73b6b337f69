package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ZipkinEeServer;

/** The scripts in server-config/wildfly, on a running server: installed twice, removed twice, with the same result each time. */
class ServerConfigIT {
    private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();
    private static final String PORT =
            "/socket-binding-group=standard-sockets/socket-binding=http:read-attribute(name=port)";

    @Test
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        try (ZipkinEeServer server = ZipkinEeServer.launchUntouched(Map.of()).awaitHealthy()) {
            String untouched = configuration(server);

            run(server, "zipkin.cli");
            String installed = configuration(server);
            assertThat(cli(server, "--command=" + PORT)).contains("QUERY_PORT:9411");
            run(server, "zipkin.cli");
            assertThat(configuration(server)).isEqualTo(installed);

            run(server, "zipkin-remove.cli");
            assertThat(configuration(server)).isEqualTo(untouched);
            run(server, "zipkin-remove.cli");
            assertThat(configuration(server)).isEqualTo(untouched);
        }
    }

    private static void run(ZipkinEeServer server, String script) {
        cli(server, "--file=" + SCRIPTS.resolve(script));
    }

    /** Fails when a command does, since the command line interface then ends with 1. */
    private static String cli(ZipkinEeServer server, String argument) {
        Path home = ZipkinEeServer.home().toAbsolutePath();
        return Programs.run(
                home.resolveSibling("it-servers"),
                Duration.ofMinutes(2),
                List.of(
                        home.resolve("bin").resolve("jboss-cli.sh").toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + server.managementPort(),
                        argument));
    }

    /** What the server has written down. */
    private static String configuration(ZipkinEeServer server) throws IOException {
        return Files.readString(server.base().resolve("configuration").resolve("standalone.xml"));
    }
}
