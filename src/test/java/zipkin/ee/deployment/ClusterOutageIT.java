package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.cassandra.CassandraNode;
import zipkin.ee.testing.cassandra.CassandraVersion;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * The cluster is down when the server starts, and its node is killed in mid-write later. Clients
 * get 503 each time, the server recovers by itself, and what it has acknowledged is there, whole
 * and once.
 */
class ClusterOutageIT {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES_BEFORE = 200;
    private static final int MESSAGES_AFTER = 100;

    @Test
    void elasticsearch_downAtTheStartAndKilledInMidWrite_losesNothingAcknowledged() {
        try (SearchNode node = SearchNode.start(SearchEngine.OPENSEARCH_2)) {
            Map<String, String> settings = Map.of(
                    "STORAGE_TYPE", "elasticsearch",
                    "ES_HOSTS", node.address(),
                    "ES_INDEX_SHARDS", "2",
                    "ES_INDEX_REPLICAS", "0");
            survive(node, () -> node.refresh("zipkin"), settings, "does not answer.");
        }
    }

    @Test
    void cassandra_downAtTheStartAndKilledInMidWrite_losesNothingAcknowledged() {
        try (CassandraNode node = CassandraNode.startDurable(CassandraVersion.V5_0, "")) {
            Map<String, String> settings =
                    Map.of("STORAGE_TYPE", "cassandra3", "CASSANDRA_CONTACT_POINTS", node.address());
            survive(node, () -> {}, settings, "Cassandra does not answer.");
        }
    }

    /**
     * @param refresh makes visible what was written
     */
    private static void survive(
            RestartableServer node, Runnable refresh, Map<String, String> settings, String problem) {
        node.kill();
        try (LeasedServer lease = LeasedServer.launch(settings)) {
            lease.server().awaitDeployed();
            ZipkinHttp zipkin = lease.http();
            assertDown(zipkin, problem);

            node.restart();
            awaitHealth(zipkin, 200);

            try (OutageClients clients = new OutageClients(zipkin)) {
                clients.await("messages before", () -> clients.acknowledged().size() >= MESSAGES_BEFORE);
                node.kill();
                clients.await("a refusal", () -> !clients.refused().isEmpty());
                assertDown(zipkin, problem);

                node.restart();
                int before = clients.acknowledged().size();
                clients.await("messages after", () -> clients.acknowledged().size() >= before + MESSAGES_AFTER);
                awaitHealth(zipkin, 200);
                clients.stop();

                assertStored(zipkin, refresh, clients);
            }
            assertUnstorableIsTold(zipkin);
        }
    }

    private static void assertDown(ZipkinHttp zipkin, String problem) {
        HttpResponse<String> health = awaitHealth(zipkin, 503);
        assertThat(health.body()).contains("\"status\" : \"DOWN\"", problem);
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

    private static void assertStored(ZipkinHttp zipkin, Runnable refresh, OutageClients clients) {
        refresh.run();
        assertWhole(zipkin, clients.acknowledged());
        assertThat(clients.refused()).isNotEmpty();
        clients.refused().forEach(zipkin::report);
        refresh.run();
        assertWhole(zipkin, clients.refused());
    }

    private static void assertWhole(ZipkinHttp zipkin, List<List<Span>> messages) {
        for (List<Span> message : messages) {
            assertThat(zipkin.trace(message.get(0).traceId())).containsExactlyInAnyOrderElementsOf(message);
        }
    }

    /** A name of more than 64 KiB no index takes, now or later. */
    private static void assertUnstorableIsTold(ZipkinHttp zipkin) {
        Span tooLong = Span.newBuilder()
                .traceId("abc")
                .id("1")
                .name("n".repeat(70_000))
                .timestamp(System.currentTimeMillis() * 1000)
                .localEndpoint(Endpoint.newBuilder().serviceName("s").build())
                .build();
        HttpResponse<String> refused =
                zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(tooLong)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).startsWith("Cannot store a span: ");
    }
}
