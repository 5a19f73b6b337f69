package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.json.Json;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.search.FakeCluster;
import zipkin.ee.testing.search.FakeCluster.Answer;
import zipkin.ee.testing.search.FakeCluster.Received;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin2.CheckResult;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Clusters whose templates, blocks or settings do not let Zipkin work: the cluster is to blame and
 * no span, until that is mended.
 */
class ElasticsearchTroubleIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Span SPAN = Span.newBuilder()
            .traceId("1")
            .id("2")
            .name("get")
            .timestamp(System.currentTimeMillis() * 1000 - 1_000_000L)
            .localEndpoint(Endpoint.newBuilder().serviceName("frontend").build())
            .putTag("http.path", "/api")
            .build();

    @ParameterizedTest
    @EnumSource(
            value = SearchEngine.class,
            names = {"OPENSEARCH_2", "ELASTICSEARCH_8"})
    void cluster_thatDoesNotLetZipkinWork_isTold_andUsedWhenItDoes(SearchEngine engine) throws IOException {
        try (SearchNode node = SearchNode.start(engine)) {
            assertForeignTemplates(node);
            assertForeignIndex(node);
            assertForeignTemplateOfTheOlderKind(node);
            assertBlocks(node);
            assertSlow(node);
        }
    }

    private static ElasticsearchSettings settings(SearchNode node, String prefix, @Nullable Integer priority) {
        return ClusterStorage.with(
                ClusterStorage.settings(prefix, Duration.ZERO, node.address()), TIMEOUT, priority, 2000);
    }

    private static ElasticsearchStorage open(ElasticsearchSettings settings) {
        return ClusterStorage.open(settings, ClusterStorage.STORAGE);
    }

    private static String today(String prefix) {
        return prefix + "-span-" + LocalDate.now(ZoneOffset.UTC);
    }

    /** The composable template of a company for all indices wins over all older ones. */
    private static void assertForeignTemplates(SearchNode node) throws IOException {
        List<String> templates = List.of(
                "{\"settings\":{\"number_of_shards\":1}}",
                "{\"settings\":{},\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\"message\":{\"type\":\"text\"}}}}",
                "{\"settings\":{},\"mappings\":{\"properties\":{\"traceId\":{\"type\":\"text\"}}}}");
        for (String template : templates) {
            node.request("DELETE", "/_index_template/company", "");
            node.request(
                    "PUT",
                    "/_index_template/company",
                    "{\"index_patterns\":[\"*\"],\"priority\":100,\"template\":" + template + "}");
            try (ElasticsearchStorage storage = open(settings(node, "company", null))) {
                String found = template.contains("strict") ? "unmapped" : "as text";
                assertUnavailable(
                        storage,
                        "A new index " + today("company") + " would have the field traceId " + found
                                + " instead of keyword, since another template of the cluster wins over Zipkin's: set"
                                + " ES_TEMPLATE_PRIORITY above the priority of that template.");
            }
        }
        assertThat(node.request("GET", "/_cat/indices/company-*?h=index", "")).isEmpty();
        try (ElasticsearchStorage storage = open(settings(node, "company", 101))) {
            assertWorks(node, "company", storage);
        }
        // A template that comes later is found by the health of the day that it spoils.
        try (ElasticsearchStorage storage = open(settings(node, "later", 99))) {
            assertThat(storage.check().ok()).isFalse();
            node.request("DELETE", "/_index_template/company", "");
            assertThat(storage.check().ok()).isTrue();
            node.request(
                    "PUT",
                    "/_index_template/company",
                    "{\"index_patterns\":[\"later-*\"],\"priority\":100,\"template\":" + templates.get(1) + "}");
            assertUnavailable(storage, null);
            node.request("DELETE", "/_index_template/company", "");
            assertWorks(node, "later", storage);
        }
    }

    /** The index of today was made before the template was mended. */
    private static void assertForeignIndex(SearchNode node) throws IOException {
        node.request("PUT", "/" + today("old"), "{\"mappings\":{\"properties\":{\"name\":{\"type\":\"text\"}}}}");
        node.request("PUT", "/" + today("old") + "/_mapping", "{\"properties\":{\"traceId\":{\"type\":\"keyword\"}}}");
        try (ElasticsearchStorage storage = open(settings(node, "old", null))) {
            assertUnavailable(
                    storage,
                    "The index " + today("old")
                            + " has the field serviceName of localEndpoint as text instead of keyword, since another"
                            + " template of the cluster wins over Zipkin's: set ES_TEMPLATE_PRIORITY above the"
                            + " priority of that template, and delete or reindex the index.");
            node.request("DELETE", "/" + today("old"), "");
            assertWorks(node, "old", storage);
        }
    }

    private static void assertForeignTemplateOfTheOlderKind(SearchNode node) throws IOException {
        node.request(
                "PUT",
                "/_template/everything",
                "{\"index_patterns\":[\"*\"],\"order\":7,\"mappings\":{\"properties\":{\"name\":{\"type\":\"text\"}}}}");
        try (ElasticsearchStorage storage = open(settings(node, "older", null))) {
            assertUnavailable(
                    storage,
                    "A new index " + today("older") + " would have the field name as text instead of keyword, since"
                            + " another template of the cluster wins over Zipkin's: set ES_TEMPLATE_PRIORITY above the"
                            + " priority of that template.");
        }
        // Composable templates win over all of the older kind.
        try (ElasticsearchStorage storage = open(settings(node, "older", 0))) {
            assertWorks(node, "older", storage);
        }
        node.request("DELETE", "/_template/everything", "");
    }

    private static void assertBlocks(SearchNode node) throws IOException {
        try (ElasticsearchStorage storage = open(settings(node, "blocked", null))) {
            assertWorks(node, "blocked", storage);
            String settings = "/" + today("blocked") + "/_settings";
            node.request("PUT", settings, "{\"index.blocks.read_only_allow_delete\":true}");
            assertNotStored(storage, "read-only-allow-delete block");
            node.request("PUT", settings, "{\"index.blocks.read_only_allow_delete\":null}");
            awaitUp(storage);

            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"cluster.blocks.read_only\":true}}");
            assertNotStored(storage, "cluster read-only");
            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"cluster.blocks.read_only\":null}}");
            awaitUp(storage);

            node.request("POST", "/" + today("blocked") + "/_close", "");
            assertNotStored(storage, "index_closed_exception: closed. An index is closed: open it.");
            node.request("POST", "/" + today("blocked") + "/_open", "");
            awaitUp(storage);

            node.request("DELETE", "/" + today("blocked"), "");
            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"action.auto_create_index\":\"false\"}}");
            assertNotStored(storage, "let the cluster's auto_create_index include Zipkin's");
            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"action.auto_create_index\":null}}");
            awaitUp(storage);
            assertWorks(node, "blocked", storage);
        }
    }

    private static void awaitUp(ElasticsearchStorage storage) {
        Await.value("health", storage::check, CheckResult::ok);
    }

    private static void assertNotStored(ElasticsearchStorage storage, String reason) {
        Span other = SPAN.toBuilder().traceId("3").clearTags().build();
        assertThatThrownBy(() -> storage.spanConsumer().accept(List.of(other)).execute())
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(reason);
        // An index that has just been closed is red for a moment.
        CheckResult check = Await.value(
                "the reason", storage::check, result -> result.error() instanceof StorageUnavailableException);
        assertThat(check.error()).hasMessageContaining(reason);
    }

    /**
     * Neither written nor read, and no answer that is merely empty.
     *
     * @param problem null for any
     */
    private static void assertUnavailable(ElasticsearchStorage storage, @Nullable String problem) {
        if (problem != null) {
            assertThatThrownBy(storage::open)
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage(problem);
        }
        assertThat(storage.check().error()).isInstanceOf(ForeignMappingException.class);
        assertThatThrownBy(() -> storage.spanConsumer().accept(List.of(SPAN)).execute())
                .isInstanceOf(StorageUnavailableException.class);
        if (problem != null) {
            assertThatThrownBy(() -> storage.getServiceNames().execute())
                    .isInstanceOf(StorageUnavailableException.class);
            assertThatThrownBy(() -> storage.spanStore().getTraces(tagged()).execute())
                    .isInstanceOf(StorageUnavailableException.class);
        }
    }

    private static void assertWorks(SearchNode node, String prefix, ElasticsearchStorage storage) throws IOException {
        storage.spanConsumer().accept(List.of(SPAN)).execute();
        node.refresh(prefix);
        assertThat(storage.spanStore().getTraces(tagged()).execute()).containsExactly(List.of(SPAN));
        assertThat(storage.getServiceNames().execute()).containsExactly("frontend");
        assertThat(storage.check().ok()).isTrue();
    }

    private static QueryRequest tagged() {
        return QueryRequest.newBuilder()
                .endTs(Clock.systemUTC().millis())
                .lookback(Duration.ofDays(1).toMillis())
                .limit(10)
                .parseAnnotationQuery("http.path=/api")
                .build();
    }

    /**
     * A request of more than a thousand documents does not end in time, though the cluster stores
     * them: a message of many is stored, once.
     */
    private static void assertSlow(SearchNode node) throws IOException {
        try (FakeCluster slow = new FakeCluster(request -> forward(node, request))) {
            ElasticsearchSettings settings = ClusterStorage.with(
                    ClusterStorage.settings("slow", Duration.ZERO, slow.address()), Duration.ofSeconds(5), null, 2000);
            try (ElasticsearchStorage storage = open(settings)) {
                storage.open();
                List<Span> message = IntStream.range(1, 12_001)
                        .mapToObj(number -> SPAN.toBuilder().id(number).build())
                        .toList();
                storage.spanConsumer().accept(message).execute();
                storage.spanConsumer().accept(message.subList(0, 100)).execute();
                node.refresh("slow");
                assertThat(node.request("GET", "/slow-span-*/_count?filter_path=count", ""))
                        .isEqualTo("{\"count\":12000}");
                assertThat(storage.bulk().retried()).isPositive();
            }
        }
    }

    private static Answer forward(SearchNode node, Received request) {
        String body = node.request(request.method(), request.target(), request.body());
        try {
            long status = Json.number(Json.tree(body), "status");
            Answer answer = new Answer(status == 0 ? 200 : (int) status, body);
            boolean large = request.body().lines().count() > 2 * 1000;
            return large
                    ? new CompletableFuture<Answer>()
                            .completeOnTimeout(answer, 8, TimeUnit.SECONDS)
                            .join()
                    : answer;
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
