package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;
import zipkin.ee.testing.sql.SwitchedProxy;
import zipkin2.Span;

/**
 * What goes wrong with a database that runs: it takes no writes, or its address leads to another.
 * And how much is logged when it stops.
 */
class DatabaseTroubleIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final int MAX_LINES = 3;

    @Test
    void postgresql_madeReadOnly_isDown_andTakesSpansAgainWhenItDoes() {
        try (DatabaseServer database = PostgresServer.start(PostgresVersion.V18)) {
            ServerDatabase zipkin = database.createDatabase();
            turn(
                    DatabaseSettings.postgresql(zipkin, zipkin.owner()),
                    () -> database.administer(
                            "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"),
                    () -> database.administer(
                            "SET default_transaction_read_only = off",
                            "ALTER SYSTEM RESET default_transaction_read_only",
                            "SELECT pg_reload_conf()"));
        }
    }

    @Test
    void mariadb_madeReadOnly_isDown_andTakesSpansAgainWhenItDoes() {
        try (DatabaseServer database = MariaDbServer.startDurable()) {
            ServerDatabase zipkin = database.createDatabase();
            turn(
                    DatabaseSettings.mysql(zipkin, zipkin.owner()),
                    () -> database.administer("SET GLOBAL read_only = 1"),
                    () -> database.administer("SET GLOBAL read_only = 0"));
        }
    }

    @Test
    void postgresql_whoseAddressLeadsToAnother_isLeftByTheWholePool() throws IOException {
        try (DatabaseServer old = PostgresServer.start(PostgresVersion.V18);
                DatabaseServer young = PostgresServer.start(PostgresVersion.V18);
                SwitchedProxy proxy = new SwitchedProxy(old.port())) {
            ServerDatabase before = old.createDatabase();
            DatabaseAccess after = copy(before, young);
            Map<String, String> settings = new HashMap<>(DatabaseSettings.postgresql(before, before.owner()));
            settings.put("POSTGRES_PORT", Integer.toString(proxy.port()));
            turn(
                    settings,
                    () -> old.administer(
                            "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"),
                    () -> proxy.switchTo(young.port()));
            assertThat(after.column("SELECT COUNT(*) FROM zipkin_span")).doesNotContain("0");
        }
    }

    /** The same account and empty tables in another server, as a replica has them. */
    private static DatabaseAccess copy(ServerDatabase database, DatabaseServer to) throws IOException {
        DatabaseAccess owner = database.owner();
        to.administer(
                "CREATE ROLE " + owner.user() + " LOGIN PASSWORD '" + owner.password() + "'",
                "CREATE DATABASE " + database.name() + " OWNER " + owner.user());
        DatabaseAccess copy = new DatabaseAccess(
                "jdbc:postgresql://" + to.host() + ":" + to.port() + "/" + database.name(),
                owner.user(),
                owner.password());
        String script = Files.readString(Path.of("src/main/resources/schema/sql/postgresql/V1.sql"));
        copy.execute(script.replaceAll("(?m)^--.*$", ""));
        return copy;
    }

    /**
     * @param bad what makes writes impossible
     * @param good what makes them possible again
     */
    private static void turn(Map<String, String> settings, Runnable bad, Runnable good) {
        try (LeasedServer lease = LeasedServer.start(settings)) {
            ZipkinHttp zipkin = lease.http();
            assertThat(post(zipkin)).isEqualTo(202);

            bad.run();
            Await.value("refused writes", LIMIT, () -> post(zipkin), status -> status == 503);
            HttpResponse<String> down = awaitHealth(zipkin, 503);
            assertThat(down.body()).contains("The database takes no writes.").doesNotContain("127.0.0.1");
            assertThat(zipkin.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(zipkin.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(zipkin.get("/api/v2/services").statusCode()).isEqualTo(200);

            good.run();
            long startNanos = System.nanoTime();
            Await.value("stored spans", LIMIT, () -> post(zipkin), status -> status == 202);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(10));
            awaitHealth(zipkin, 200);
        }
    }

    /** H2 closes its file when a thread that reads it is interrupted. */
    @Test
    void h2_whoseQueriesTakeTooLong_goesOnTakingSpans() {
        try (LeasedServer lease = LeasedServer.start(Map.of("STORAGE_TYPE", "h2", "QUERY_TIMEOUT", "30ms"))) {
            List<Span> trace = new ArrayList<>();
            for (int i = 1; i <= 20_000; i++) {
                trace.add(Span.newBuilder()
                        .traceId("abc")
                        .id(i)
                        .timestamp(System.currentTimeMillis() * 1000)
                        .putTag("number", Integer.toString(i))
                        .build());
                if (trace.size() == 2_000) {
                    lease.http().report(trace);
                    trace.clear();
                }
            }

            Set<Integer> statuses = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                statuses.add(lease.http().get("/api/v2/trace/abc").statusCode());
                lease.http().report(OutageClients.message());
            }

            assertThat(statuses).contains(503);
            assertThat(lease.server().log()).doesNotContain("does not work", "interrupted", "Interrupted");
        }
    }

    @Test
    void postgresql_stopped_isThreeLinesInTheLog_andQueriesAre503() {
        try (DatabaseServer database = PostgresServer.start(PostgresVersion.V18)) {
            ServerDatabase access = database.createDatabase();
            try (LeasedServer lease = LeasedServer.start(DatabaseSettings.postgresql(access, access.owner()))) {
                ZipkinHttp zipkin = lease.http();
                assertThat(post(zipkin)).isEqualTo(202);
                Await.value("the start-up screen", lease.server()::log, log -> log.contains("  http      on: "));
                int before = lease.server().log().length();
                database.kill();
                for (int i = 0; i < 5; i++) {
                    assertThat(post(zipkin)).isEqualTo(503);
                }
                for (String query : List.of("/api/v2/services", "/api/v2/traces", "/api/v2/trace/1")) {
                    HttpResponse<String> refused = zipkin.get(query);
                    assertThat(refused.statusCode()).as(query).isEqualTo(503);
                    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
                    assertThat(refused.body()).isEqualTo("The database does not answer. Is it running?");
                }
                long startNanos = System.nanoTime();
                Await.value(
                        "the time without requests",
                        () -> Duration.ofNanos(System.nanoTime() - startNanos),
                        quiet -> quiet.compareTo(QUIET) > 0);
                awaitHealth(zipkin, 503);
                database.restart();
                awaitHealth(zipkin, 200);

                List<String> fresh = lines(lease.server().log().substring(before));
                assertThat(fresh).hasSizeLessThanOrEqualTo(MAX_LINES);
                assertThat(fresh.get(0))
                        .contains("The storage postgresql does not work; senders are asked to try again later: ");
                assertThat(fresh.get(fresh.size() - 1)).contains("The storage postgresql works again after ");
            }
        }
    }

    /** Without colours. */
    private static List<String> lines(String log) {
        return log.replaceAll("\\x1b\\[[0-9;]*m", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static int post(ZipkinHttp zipkin) {
        return OutageClients.post(zipkin, OutageClients.message()).statusCode();
    }

    private static HttpResponse<String> awaitHealth(ZipkinHttp zipkin, int status) {
        return Await.value(
                "/health " + status, LIMIT, () -> zipkin.get("/health"), answer -> answer.statusCode() == status);
    }
}
