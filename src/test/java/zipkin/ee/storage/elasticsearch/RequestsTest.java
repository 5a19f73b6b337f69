package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Templates;
import zipkin.ee.testing.search.FakeCluster;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * The requests that go to a cluster, as the files have them. {@code -Dzipkin.golden.update=true}
 * rewrites the files.
 */
class RequestsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/elasticsearch");
    private static final boolean UPDATE = Boolean.getBoolean("zipkin.golden.update");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-05T12:00:30Z"), ZoneOffset.UTC);
    private static final long MICROS = CLOCK.millis() * 1000;
    private static final LinkSettings NO_LINKS = new LinkSettings(false, Duration.ofSeconds(20));

    private static final Span CLIENT = Span.newBuilder()
            .traceId("463ac35c9f6413ad48485a3953bb6124")
            .parentId("1")
            .id("2")
            .kind(Span.Kind.CLIENT)
            .name("get /\u00fc")
            .timestamp(MICROS)
            .duration(1500)
            .localEndpoint(Endpoint.newBuilder()
                    .serviceName("frontend")
                    .ip("10.0.0.1")
                    .port(8080)
                    .build())
            .remoteEndpoint(Endpoint.newBuilder()
                    .serviceName("backend")
                    .ip("2001:db8::c001")
                    .build())
            .addAnnotation(MICROS + 1, "ws")
            .putTag("http.path", "/api\"\\\n\u2028")
            .putTag("error", "")
            .debug(true)
            .build();
    private static final Span SERVER = Span.newBuilder()
            .traceId("463ac35c9f6413ad48485a3953bb6124")
            .parentId("1")
            .id("2")
            .kind(Span.Kind.SERVER)
            .shared(true)
            .addAnnotation(Duration.ofDays(20_000).toMillis() * 1000, "a".repeat(257))
            .putTag("environment", "production")
            .putTag("long", "v".repeat(252))
            .build();

    @Test
    void start_putsTemplates() throws IOException {
        start(storage(true, true), null, "templates");
        start(storage(false, true), null, "templates-lenient-trace-ids");
        start(storage(true, false), null, "templates-search-disabled");
        start(storage(true, true), 500, "templates-composable");
    }

    private static void start(StorageSettings storage, @Nullable Integer priority, String file) throws IOException {
        try (FakeCluster cluster = new FakeCluster(FakeCluster::empty);
                ElasticsearchStorage opened = open(cluster, storage, priority)) {
            opened.open();
            assertGolden(file, cluster);
        }
    }

    @Test
    void spans_areWritten_asZipkinsServerDoes() throws IOException {
        try (FakeCluster cluster = new FakeCluster(FakeCluster::empty);
                ElasticsearchStorage opened = open(cluster, storage(true, true), null)) {
            opened.open();
            cluster.forget();
            opened.spanConsumer().accept(List.of(CLIENT, SERVER)).execute();
            // The tag's value is not written again.
            opened.spanConsumer().accept(List.of(SERVER)).execute();
            assertGolden("spans", cluster);
        }
    }

    @Test
    void spans_areWritten_withoutSearchFields() throws IOException {
        try (FakeCluster cluster = new FakeCluster(FakeCluster::empty);
                ElasticsearchStorage opened = open(cluster, storage(true, false), null)) {
            opened.open();
            cluster.forget();
            opened.spanConsumer().accept(List.of(CLIENT)).execute();
            assertGolden("spans-search-disabled", cluster);
        }
    }

    @Test
    void queries_ask() throws IOException {
        try (FakeCluster cluster = new FakeCluster(FakeCluster::empty);
                ElasticsearchStorage opened = open(cluster, storage(true, true), null)) {
            opened.open();
            cluster.forget();
            opened.traces().getTrace("463ac35c9f6413ad48485a3953bb6124").execute();
            opened.traces().getTraces(List.of("1", "2")).execute();
            opened.serviceAndSpanNames().getServiceNames().execute();
            opened.serviceAndSpanNames().getSpanNames("Frontend").execute();
            opened.serviceAndSpanNames().getRemoteServiceNames("frontend").execute();
            opened.autocompleteTags().getValues("environment").execute();
            opened.spanStore()
                    .getDependencies(CLOCK.millis(), Duration.ofDays(70).toMillis())
                    .execute();
            opened.spanStore().getTraces(everything().build()).execute();
            opened.check();
            assertGolden("queries", cluster);
        }
    }

    @Test
    void search_whenTracesHaveManySpans_countsThem() throws IOException {
        String hits = "{\"hits\":{\"hits\":["
                + "{\"_source\":{\"traceId\":\"0000000000000001\"}},".repeat(19)
                + "{\"_source\":{\"traceId\":\"0000000000000001\"}}]}}";
        try (FakeCluster cluster = new FakeCluster(request -> request.body().contains("\"sort\":[{")
                        ? FakeCluster.Answer.ok(hits)
                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = open(cluster, storage(true, true), null)) {
            opened.open();
            cluster.forget();
            opened.spanStore().getTraces(everything().limit(2).build()).execute();
            assertGolden("search-many-spans", cluster);
        }
    }

    @Test
    void search_withMoreConditionsThanTheClusterTakes_isTheClientsFault() throws IOException {
        String error = "{\"error\":{\"root_cause\":[{\"type\":\"query_shard_exception\",\"reason\":\"failed to create"
                + " query: maxClauseCount is set to 1024\"}]},\"status\":400}";
        try (FakeCluster cluster = new FakeCluster(request -> request.target().contains("_search")
                        ? new FakeCluster.Answer(400, error)
                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = open(cluster, storage(true, true), null)) {
            assertThatThrownBy(() ->
                            opened.spanStore().getTraces(everything().build()).execute())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The query has more conditions than can be searched for at once.");
        }
    }

    /**
     * A shard that can't answer would make an answer wrong; one that is down is left out, as on
     * Zipkin's server.
     */
    @Test
    void search_thatAShardCantAnswer_isUnavailable_unlessTheShardIsDown() throws IOException {
        String failed = "{\"_shards\":{\"total\":2,\"failed\":1,\"failures\":[{\"index\":\"zipkin-span-2026-03-04\","
                + "\"reason\":{\"type\":\"%s\",\"reason\":\"Fielddata is disabled\"}}]},\"hits\":{\"hits\":[]}}";
        for (String type : List.of("illegal_argument_exception", "no_shard_available_action_exception")) {
            try (FakeCluster cluster =
                            new FakeCluster(request -> request.target().contains("_search")
                                    ? FakeCluster.Answer.ok(failed.formatted(type))
                                    : FakeCluster.empty(request));
                    ElasticsearchStorage opened = open(cluster, storage(true, true), null)) {
                if (type.startsWith("no_shard")) {
                    assertThat(opened.getServiceNames().execute()).isEmpty();
                    assertThat(opened.getTrace("1").execute()).isEmpty();
                } else {
                    assertThatThrownBy(() -> opened.getServiceNames().execute())
                            .isInstanceOf(StorageUnavailableException.class);
                    assertThatThrownBy(() -> opened.getTrace("1").execute())
                            .isInstanceOf(StorageUnavailableException.class)
                            .hasMessage("The index zipkin-span-2026-03-04 could not be searched:"
                                    + " illegal_argument_exception: Fielddata is disabled");
                }
            }
        }
    }

    /** Answers of more bytes than are read: pages are made smaller until they fit. */
    @Test
    void trace_whoseAnswerIsTooLong_isReadInSmallerPages() throws IOException {
        List<String> documents = IntStream.range(1, 8)
                .mapToObj(number -> "{\"_index\":\"zipkin-span-2026-03-04\",\"_id\":\"" + number + "\",\"_seq_no\":"
                        + number + ",\"_source\":{\"traceId\":\"1\",\"id\":\"" + number + "\",\"name\":\""
                        + "n".repeat(400)
                        + "\"}}")
                .toList();
        try (FakeCluster cluster = new FakeCluster(request -> request.target().contains("_search")
                        ? FakeCluster.Answer.ok(page(documents, request.body()))
                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = openReading(cluster, 2000)) {
            assertThat(opened.getTrace("1").execute())
                    .extracting(Span::id)
                    .containsExactlyElementsOf(IntStream.range(1, 8)
                            .mapToObj(number -> Span.normalizeTraceId(Integer.toString(number)))
                            .toList());
        }
    }

    private static String page(List<String> documents, String body) {
        Matcher size = Pattern.compile("\"size\":(\\d+)").matcher(body);
        Matcher after =
                Pattern.compile("\"search_after\":\\[\"[^\"]*\",(\\d+)]").matcher(body);
        assertThat(size.find()).isTrue();
        int from = after.find() ? Integer.parseInt(after.group(1)) : 0;
        List<String> page = documents.subList(from, Math.min(documents.size(), from + Integer.parseInt(size.group(1))));
        return "{\"hits\":{\"total\":{\"value\":7},\"hits\":[" + String.join(",", page) + "]}}";
    }

    /** One index of a day, one under another policy, one that is not ours. */
    @Test
    void lifecycle_ofElasticsearch_makesThePolicyAndPutsIndicesUnderIt() throws IOException {
        try (FakeCluster cluster = new FakeCluster(request -> request.target().contains("span-*/_settings")
                        ? FakeCluster.Answer.ok(
                                "{\"zipkin-span-2026-03-04\":{\"settings\":{\"index.creation_date\":\"1\"}},"
                                        + "\"zipkin-span-2026-03-05\":{\"settings\":{\"index.creation_date\":\"1\"}},"
                                        + "\"zipkin-span-2026-03-03\":{\"settings\":{\"index.lifecycle.name\":\"other\"}},"
                                        + "\"zipkin-span-dev-2026-03-04\":{\"settings\":{\"index.creation_date\":\"1\"}}}")
                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = openKeeping(cluster, Duration.ofHours(36))) {
            opened.open();
            cluster.forget();
            opened.lifecycle().manageAll();
            assertGolden("lifecycle", cluster);
            assertThat(opened.lifecycle().managed()).isEqualTo(2);
        }
    }

    @Test
    void lifecycle_thatIsThere_isLeft_unlessItsAgeIsAnother() throws IOException {
        String policy =
                "{\"zipkin-retention\":{\"version\":1,\"policy\":{\"phases\":{\"delete\":{\"min_age\":\"8d\",\"actions\":{}}}}}}";
        try (FakeCluster cluster = new FakeCluster(request -> request.target().startsWith("/_ilm")
                        ? FakeCluster.Answer.ok(policy)
                        : FakeCluster.empty(request));
                ElasticsearchStorage same = openKeeping(cluster, Duration.ofDays(7));
                ElasticsearchStorage other = openKeeping(cluster, Duration.ofDays(3))) {
            same.lifecycle().manageAll();
            assertThat(cluster.received()).noneMatch(request -> request.line().startsWith("PUT /_ilm"));
            other.lifecycle().manageAll();
            assertThat(cluster.received())
                    .anyMatch(request -> request.line().startsWith("PUT /_ilm")
                            && request.body().contains("\"min_age\":\"4d\""));
        }
    }

    @Test
    void lifecycle_ofOpenSearch_changesThePolicyAndPutsIndicesUnderIt() throws IOException {
        String policy = "{\"_id\":\"zipkin-retention\",\"_seq_no\":7,\"_primary_term\":2,\"policy\":{\"states\":"
                + "[{\"transitions\":[{\"conditions\":{\"min_index_age\":\"30d\"}}]}]}}";
        String explained = "{\"zipkin-span-2026-03-04\":{\"index.plugins.index_state_management.policy_id\":null},"
                + "\"zipkin-span-2026-03-05\":{\"index.plugins.index_state_management.policy_id\":\"zipkin-retention\"},"
                + "\"zipkin-span-2026-03-03\":{\"index.plugins.index_state_management.policy_id\":\"other\"},"
                + "\"total_managed_indices\":2}";
        try (FakeCluster cluster = new FakeCluster(request -> request.target().equals("/")
                        ? FakeCluster.Answer.ok("{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.19.1\"}}")
                        : request.line().startsWith("GET /_plugins/_ism/policies/")
                                ? FakeCluster.Answer.ok(policy)
                                : request.target().contains("explain/zipkin-span")
                                        ? FakeCluster.Answer.ok(explained)
                                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = openKeeping(cluster, Duration.ofDays(7))) {
            opened.open();
            cluster.forget();
            opened.lifecycle().manageAll();
            assertGolden("lifecycle-opensearch", cluster);
        }
    }

    @Test
    void lifecycle_thatAnIndexCantBePutUnder_fails() throws IOException {
        try (FakeCluster cluster = new FakeCluster(request -> request.target().equals("/")
                        ? FakeCluster.Answer.ok("{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.19.1\"}}")
                        : request.target().contains("explain/zipkin-span")
                                ? FakeCluster.Answer.ok("{\"zipkin-span-2026-03-04\":{}}")
                                : request.target().contains("_ism/add")
                                        ? FakeCluster.Answer.ok(
                                                "{\"failures\":true,\"failed_indices\":[{\"reason\":\"it "
                                                        + "is closed\"}]}")
                                        : FakeCluster.empty(request));
                ElasticsearchStorage opened = openKeeping(cluster, Duration.ofDays(7))) {
            assertThatThrownBy(() -> opened.lifecycle().manageAll())
                    .hasMessage("Not all indices could be put under the policy zipkin-retention: it is closed");
        }
    }

    private static QueryRequest.Builder everything() {
        return QueryRequest.newBuilder()
                .serviceName("frontend")
                .remoteServiceName("backend")
                .spanName("get")
                .parseAnnotationQuery("error and http.path=/api")
                .minDuration(1000L)
                .maxDuration(2000L)
                .endTs(CLOCK.millis())
                .lookback(Duration.ofDays(1).toMillis())
                .limit(10);
    }

    private static StorageSettings storage(boolean strictTraceId, boolean searchEnabled) {
        return new StorageSettings(
                "elasticsearch", List.of(), strictTraceId, searchEnabled, List.of("environment"), Duration.ofHours(1));
    }

    private static ElasticsearchStorage openKeeping(FakeCluster cluster, Duration retention) {
        return open(cluster, storage(true, true), null, retention);
    }

    private static ElasticsearchStorage open(FakeCluster cluster, StorageSettings storage, @Nullable Integer priority) {
        return open(cluster, storage, priority, Duration.ZERO);
    }

    private static ElasticsearchStorage open(
            FakeCluster cluster, StorageSettings storage, @Nullable Integer priority, Duration retention) {
        ElasticsearchSettings base = ClusterStorage.settings(cluster.address());
        ElasticsearchSettings settings = new ElasticsearchSettings(
                base.hosts(),
                base.access(),
                base.amazon(),
                base.timeout(),
                base.httpLogging(),
                base.index(),
                new Templates(true, 5, 1, priority),
                base.writing(),
                base.maxAnswerBytes(),
                base.maxQuerySpans(),
                retention,
                false);
        return new ElasticsearchStorage(
                ClusterStorage.cluster(settings),
                storage,
                settings,
                NO_LINKS,
                Duration.ofDays(1).toMillis(),
                CLOCK);
    }

    /**
     * @param maxAnswerBytes beyond which an answer is not read
     */
    private static ElasticsearchStorage openReading(FakeCluster cluster, int maxAnswerBytes) {
        ElasticsearchSettings base = ClusterStorage.settings(cluster.address());
        ElasticsearchSettings settings = new ElasticsearchSettings(
                base.hosts(),
                base.access(),
                base.amazon(),
                base.timeout(),
                base.httpLogging(),
                base.index(),
                base.templates(),
                base.writing(),
                maxAnswerBytes,
                base.maxQuerySpans(),
                Duration.ZERO,
                false);
        return ClusterStorage.open(settings, storage(true, true), CLOCK);
    }

    private static void assertGolden(String name, FakeCluster cluster) throws IOException {
        String sent = cluster.received().stream()
                .map(request ->
                        request.line() + "\n" + request.body() + (request.body().isEmpty() ? "" : "\n"))
                .collect(Collectors.joining("\n"));
        Path file = GOLDEN.resolve(name + ".txt");
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, sent);
        }
        assertThat(sent).isEqualTo(Files.readString(file));
    }
}
