package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A WildFly that nobody configured: zipkin.war is copied to its deployments folder, then an
 * operator runs the scripts of server-config/wildfly. One server, so the tests are in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UntouchedServerIT {
    private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();
    private static final List<String> DATABASES =
            List.of("datasources/postgresql", "datasources/mysql", "datasources/h2");
    private static final List<String> ALL =
            List.of("datasources/postgresql", "datasources/mysql", "datasources/h2", "zipkin");

    private Path folder;
    private WildFlyServer server;

    /** Of the databases, none answers. */
    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = WildFlyServer.launchUntouched(WildFlyServer.withDrivers(Map.of(
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
                        "ZIPKIN_UI_QUERY_LIMIT",
                        "7",
                        WildFlyServer.JAVA_OPTS,
                        "-DPOSTGRES_PORT=15432 -DMYSQL_USER=writer")))
                .awaitHealthy();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void war_copiedToDeployments_takesAndAnswersSpansAndServesTheUi() {
        Span span = Span.newBuilder()
                .traceId(Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .id("1")
                .name("copy")
                .localEndpoint(Endpoint.newBuilder().serviceName("untouched").build())
                .timestamp(System.currentTimeMillis() * 1000)
                .duration(3)
                .build();
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());

        zipkin.report(List.of(span));

        assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        assertThat(zipkin.get("/api/v2/services").body()).isEqualTo("[\"untouched\"]");
        assertThat(zipkin.get("/zipkin/").body()).contains("<base href=\"/zipkin/\"");
        assertThat(server.errors()).isEmpty();
        assertThat(server.log()).doesNotContain("HHH0");
    }

    @Test
    @Order(2)
    void scripts_canBeRunAgain_andTakenBack() throws IOException {
        String untouched = server.configuration();

        // Data sources need no reload.
        assertThat(run(install(DATABASES), ":read-attribute(name=server-state)"))
                .contains("\"running\"");
        run(install(ALL));
        String installed = server.configuration();
        assertThat(installed)
                .contains("java:/jdbc/zipkin-postgresql", "java:/jdbc/zipkin-mysql", "java:/jdbc/zipkin-h2")
                .contains("QUERY_PORT:9411", "COLLECTOR_OTLP_GRPC_PORT:4317", "COLLECTOR_OTLP_HTTP_PORT:4318");
        run(install(ALL));
        assertThat(server.configuration()).isEqualTo(installed);

        run(remove(ALL));
        assertThat(server.configuration()).isEqualTo(untouched);
        run(remove(ALL));
        assertThat(server.configuration()).isEqualTo(untouched);

        run(install(ALL));
        assertThat(server.configuration()).isEqualTo(installed);
    }

    @Test
    @Order(3)
    void unreachableDatabases_areNotNoticed_whenNotSelected() {
        server.forgetLog();
        server.reload(Map.of()).awaitHealthy();
        assertThat(server.log())
                .contains("[java:/jdbc/zipkin-postgresql]", "[java:/jdbc/zipkin-mysql]", "[java:/jdbc/zipkin-h2]")
                .doesNotContain("IJ000"); // what connection pools say
        assertThat(server.errors()).isEmpty();
        assertThat(folder.resolve("spans.mv.db")).doesNotExist();
        assertThat(new ZipkinHttp(server.otlpGrpc()).get("/health").statusCode())
                .isEqualTo(200);
        assertThat(new ZipkinHttp(server.otlpHttp()).get("/health").statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(4)
    void settings_areReadByTheDataSources_fromEnvironmentAndSystemProperties() throws IOException {
        assertThat(run(
                        Stream.empty(),
                        resolved("postgresql"),
                        resolved("mysql"),
                        dataSource("h2") + ":test-connection-in-pool"))
                .containsSubsequence(
                        "\"jdbc:postgresql://pg.example:15432/traces\"",
                        "\"max-pool-size\" => \"7\"",
                        "\"user-name\" => \"zipkin\"",
                        "\"ssl\" => {\"value\" => \"true\"}",
                        "\"jdbc:mariadb://my.example/spans?sslMode=trust\"",
                        "\"max-pool-size\" => \"10\"",
                        "\"user-name\" => \"writer\"",
                        "[true]");
        assertThat(folder.resolve("spans.mv.db")).exists();
    }

    /** What other tests rely on that have a server reloaded. */
    @Test
    @Order(5)
    void settings_ofARedeployment_comeBeforeTheEnvironment_andEndWithTheNext() {
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");

        server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", "8"));
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":8");

        assertThatThrownBy(() -> server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", "many")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ZIPKIN_UI_QUERY_LIMIT=many: must be a whole number");

        server.redeploy(Map.of("ZIPKIN_UI_QUERY_LIMIT", ""));
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":10");

        server.redeploy(Map.of());
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");

        server.reload(Map.of("ZIPKIN_UI_QUERY_LIMIT", "9"));
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":9");

        assertThatThrownBy(() -> server.reload(Map.of("ZIPKIN_UI_QUERY_LIMIT", "none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ZIPKIN_UI_QUERY_LIMIT=none: must be a whole number");

        server.reload(Map.of());
        assertThat(queryLimit(zipkin)).contains("\"queryLimit\":7");
    }

    private static String queryLimit(ZipkinHttp zipkin) {
        return zipkin.get("/zipkin/config.json").body().replaceAll("\\s", "");
    }

    private static Stream<Path> install(List<String> scripts) {
        return scripts.stream().map(name -> SCRIPTS.resolve(name + ".cli"));
    }

    private static Stream<Path> remove(List<String> scripts) {
        return scripts.stream().map(name -> SCRIPTS.resolve(name + "-remove.cli"));
    }

    /**
     * Runs the scripts one after the other, then the commands, in one run of the command line
     * interface.
     */
    private String run(Stream<Path> scripts, String... commands) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path script : (Iterable<Path>) scripts::iterator) {
            all.append(Files.readString(script)).append('\n');
        }
        all.append(String.join("\n", commands)).append('\n');
        return server.cli("--file=" + Files.writeString(folder.resolve("run.cli"), all));
    }

    private static String resolved(String database) {
        return dataSource(database) + ":read-resource(recursive=true,resolve-expressions=true)";
    }

    private static String dataSource(String database) {
        return "/subsystem=datasources/data-source=zipkin-" + database;
    }
}
