package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.WildFlyServer;

/** The scripts in server-config/wildfly/datasources, on running servers, and the data sources that they make. */
class DataSourcesIT {
    private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();
    private static final List<String> DATABASES = List.of("postgresql", "mysql", "h2");
    /** Where nothing answers. */
    private static final Map<String, String> NO_DATABASE =
            Map.of("POSTGRES_HOST", "192.0.2.1", "MYSQL_HOST", "192.0.2.1");

    @TempDir
    Path folder;

    @Test
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        Path install = joined("install.cli", ".cli");
        Path remove = joined("remove.cli", "-remove.cli");

        try (WildFlyServer server = WildFlyServer.launchUntouched(WildFlyServer.withDrivers(NO_DATABASE))
                .awaitHealthy()) {
            String untouched = server.configuration();

            server.cli("--file=" + install);
            String installed = server.configuration();
            assertThat(installed)
                    .contains(DATABASES.stream()
                            .map(name -> "java:/jdbc/zipkin-" + name)
                            .toList());
            server.cli("--file=" + install);
            assertThat(server.configuration()).isEqualTo(installed);

            server.cli("--file=" + remove);
            assertThat(server.configuration()).isEqualTo(untouched);
            server.cli("--file=" + remove);
            assertThat(server.configuration()).isEqualTo(untouched);

            server.cli("--file=" + install);
            assertThat(server.configuration()).isEqualTo(installed);
            assertThat(server.cli("--command=" + dataSource("h2") + ":test-connection-in-pool"))
                    .contains("[true]");
            assertThat(server.cli("--command=:read-attribute(name=server-state)"))
                    .contains("\"running\"");
        }
    }

    @Test
    void settings_areReadByTheDataSources_fromEnvironmentAndSystemProperties() {
        Map<String, String> settings = Map.of(
                "POSTGRES_HOST",
                "pg.example",
                "POSTGRES_DB",
                "traces",
                "POSTGRES_MAX_CONNECTIONS",
                "7",
                "POSTGRES_USE_SSL",
                "true",
                "MYSQL_JDBC_URL",
                "jdbc:mariadb://my.example/spans?sslMode=trust",
                "ZIPKIN_DB_FILE",
                folder.resolve("spans").toString(),
                WildFlyServer.JAVA_OPTS,
                "-DPOSTGRES_PORT=15432 -DMYSQL_USER=writer");

        try (WildFlyServer server = WildFlyServer.start(settings)) {
            assertThat(resolved(server, "postgresql"))
                    .contains(
                            "\"jdbc:postgresql://pg.example:15432/traces\"",
                            "\"user-name\" => \"zipkin\"",
                            "\"max-pool-size\" => \"7\"",
                            "\"ssl\" => {\"value\" => \"true\"}");
            assertThat(resolved(server, "mysql"))
                    .contains(
                            "\"jdbc:mariadb://my.example/spans?sslMode=trust\"",
                            "\"user-name\" => \"writer\"",
                            "\"max-pool-size\" => \"10\"");
            assertThat(server.cli("--command=" + dataSource("h2") + ":test-connection-in-pool"))
                    .contains("[true]");
            assertThat(folder.resolve("spans.mv.db")).exists();
        }
    }

    @Test
    void unreachableDatabases_areNotNoticed_whenNotSelected() {
        try (WildFlyServer server = WildFlyServer.start(NO_DATABASE)) {
            assertThat(server.log())
                    .contains("[java:/jdbc/zipkin-postgresql]", "[java:/jdbc/zipkin-mysql]", "[java:/jdbc/zipkin-h2]")
                    .doesNotContain("IJ000"); // what connection pools say
            assertThat(server.errors()).isEmpty();
            assertThat(server.base().resolve("data").resolve("zipkin.mv.db")).doesNotExist();
        }
    }

    /** WildFly's attributes refuse an empty value, and a data source with one would be missing. */
    @Test
    void emptyVariables_areTakenAway_beforeTheServerReadsThem() {
        String script = ". '" + SCRIPTS.resolve("zipkin.conf") + "' && env";

        String environment = Programs.run(
                folder,
                Duration.ofMinutes(1),
                List.of(
                        "env",
                        "DIRNAME=" + folder,
                        "POSTGRES_PASS=",
                        "MYSQL_PASS=",
                        "QUERY_PORT=",
                        "POSTGRES_USER=me",
                        "sh",
                        "-c",
                        script));

        assertThat(environment.lines())
                .contains("POSTGRES_USER=me")
                .noneMatch(line -> line.matches("(POSTGRES_PASS|MYSQL_PASS|QUERY_PORT)=.*"));
    }

    private Path joined(String name, String ending) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String database : DATABASES) {
            all.append(Files.readString(SCRIPTS.resolve("datasources").resolve(database + ending)))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), all);
    }

    private static String resolved(WildFlyServer server, String database) {
        return server.cli(
                "--command=" + dataSource(database) + ":read-resource(recursive=true,resolve-expressions=true)");
    }

    private static String dataSource(String database) {
        return "/subsystem=datasources/data-source=zipkin-" + database;
    }
}
