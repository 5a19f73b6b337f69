package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Programs;

/** WildFly's attributes refuse an empty value, and a data source with one would be missing. */
class EmptyVariablesTest {
    private static final Path SCRIPT =
            Path.of("server-config", "wildfly", "zipkin.conf").toAbsolutePath();

    @Test
    void emptyVariables_areTakenAway_beforeTheServerReadsThem(@TempDir Path folder) {
        String environment = Programs.run(
                folder,
                Duration.ofMinutes(1),
                List.of(
                        "env",
                        "DIRNAME=" + folder,
                        "POSTGRES_PASS=",
                        "MYSQL_PASS=",
                        "QUERY_PORT=",
                        "COLLECTOR_OTLP_GRPC_PORT=",
                        "POSTGRES_USER=me",
                        "sh",
                        "-c",
                        ". '" + SCRIPT + "' && env"));

        assertThat(environment.lines())
                .contains("POSTGRES_USER=me")
                .noneMatch(line -> line.matches("(POSTGRES_PASS|MYSQL_PASS|QUERY_PORT|COLLECTOR_OTLP_GRPC_PORT)=.*"));
    }
}
