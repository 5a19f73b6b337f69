package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;
import zipkin2.Span;

/**
 * The database is down when the server starts, and is killed in mid-write later. Clients get 503
 * each time, the server recovers by itself, and what it has acknowledged is there, whole and once.
 */
class DatabaseOutageIT {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);
    private static final int MESSAGES_BEFORE = 200;
    private static final int MESSAGES_AFTER = 100;

    @Test
    void postgresql_downAtTheStartAndKilledInMidWrite_losesNothingAcknowledged() {
        try (DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            ServerDatabase zipkin = database.createDatabase();
            survive(database, zipkin, DatabaseSettings.postgresql(zipkin, zipkin.owner()));
        }
    }

    @Test
    void mysql_downAtTheStartAndKilledInMidWrite_losesNothingAcknowledged() {
        try (DatabaseServer database = MariaDbServer.startDurable()) {
            ServerDatabase zipkin = database.createDatabase();
            survive(database, zipkin, DatabaseSettings.mysql(zipkin, zipkin.owner()));
        }
    }

    private static void survive(DatabaseServer database, ServerDatabase access, Map<String, String> settings) {
        database.kill();
        try (LeasedServer lease = LeasedServer.launch(settings)) {
            lease.server().awaitDeployed();
            ZipkinHttp zipkin = lease.http();
            assertDown(zipkin, access);

            database.restart();
            awaitHealth(zipkin, 200);
            assertThat(lease.server().log()).doesNotContain(access.owner().password());

            try (OutageClients clients = new OutageClients(zipkin)) {
                clients.await("messages before", () -> clients.acknowledged().size() >= MESSAGES_BEFORE);
                database.kill();
                clients.await("a refusal", () -> !clients.refused().isEmpty());
                assertDown(zipkin, access);

                database.restart();
                int before = clients.acknowledged().size();
                clients.await("messages after", () -> clients.acknowledged().size() >= before + MESSAGES_AFTER);
                awaitHealth(zipkin, 200);
                clients.stop();

                assertStored(zipkin, access, clients);
            }
        }
    }

    private static void assertDown(ZipkinHttp zipkin, ServerDatabase access) {
        HttpResponse<String> health = awaitHealth(zipkin, 503);
        assertThat(health.body())
                .contains("\"status\" : \"DOWN\"", "The database does not answer. Is it running?")
                .doesNotContain("127.0.0.1", access.name(), access.owner().password());
        HttpResponse<String> refused = OutageClients.post(zipkin, OutageClients.message());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body()).isEqualTo("Cannot store the spans now. Try again later.");
    }

    private static HttpResponse<String> awaitHealth(ZipkinHttp zipkin, int status) {
        return Await.value(
                "/health " + status,
                RECOVERY_LIMIT,
                () -> zipkin.get("/health"),
                response -> response.statusCode() == status);
    }

    private static void assertStored(ZipkinHttp zipkin, ServerDatabase access, OutageClients clients) {
        for (List<Span> message : clients.acknowledged()) {
            assertThat(zipkin.trace(message.get(0).traceId())).containsExactlyInAnyOrderElementsOf(message);
        }
        // Each message is a trace, and a refused one that was stored all the same is there as a
        // whole.
        assertThat(access.owner().column("SELECT DISTINCT COUNT(*) FROM zipkin_span GROUP BY trace_low"))
                .containsExactly(Integer.toString(OutageClients.SPANS));

        assertThat(clients.refused()).isNotEmpty();
        for (List<Span> message : clients.refused()) {
            zipkin.report(message);
            assertThat(zipkin.trace(message.get(0).traceId())).containsExactlyInAnyOrderElementsOf(message);
        }
    }
}
