package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;
import zipkin2.storage.QueryRequest;

/**
 * More hits, terms, groups and names than an engine takes at a time, with its own limits and with
 * lower ones.
 */
class ElasticsearchLimitsIT {
    private static final StorageSettings SETTINGS =
            new StorageSettings("elasticsearch", List.of(), true, true, List.of("environment"), Duration.ofHours(1));
    private static final String LOW =
            "{\"index.max_result_window\":100,\"index.max_terms_count\":50,\"index.requests.cache.enable\":false}";
    private static final long NOW_MICROS = System.currentTimeMillis() * 1000 - 60_000_000L;

    @ParameterizedTest
    @EnumSource(
            value = SearchEngine.class,
            names = {"OPENSEARCH_2", "ELASTICSEARCH_8"})
    void reads_beyondTheLimitsOfTheEngine_areWhole(SearchEngine engine) throws IOException {
        try (SearchNode node = SearchNode.start(engine)) {
            assertManySpans(node);
            assertLowLimits(node);
            assertLongNames(node);
        }
    }

    private static ElasticsearchStorage open(SearchNode node, String prefix) {
        return ClusterStorage.open(ClusterStorage.settings(prefix, Duration.ZERO, node.address()), SETTINGS);
    }

    private static void assertManySpans(SearchNode node) throws IOException {
        try (ElasticsearchStorage storage = open(node, "many")) {
            storage.spanConsumer().accept(trace(1, 12_000, i -> span(1, i))).execute();
            for (int t = 0; t < 210; t += 30) {
                List<Span> spans = new ArrayList<>();
                for (int trace = t; trace < t + 30; trace++) {
                    int number = 100 + trace;
                    spans.addAll(trace(number, 50, i -> span(number, i).toBuilder()
                            .name("wanted")
                            .build()));
                }
                storage.spanConsumer().accept(spans).execute();
            }
            node.refresh("many");
            assertThat(ids(storage.getTrace("1").execute())).isEqualTo(numbers(12_000));
            List<List<Span>> found = storage.spanStore()
                    .getTraces(request(205).spanName("wanted").build())
                    .execute();
            assertThat(found).hasSize(205).allSatisfy(trace -> assertThat(trace).hasSize(50));
            countLinks(storage);
            node.refresh("many");
            DependencyLinker linker = new DependencyLinker();
            linker.putTrace(storage.getTrace("1").execute());
            IntStream.range(100, 310).forEach(number -> linker.putTrace(trace(number, 50, i -> span(number, i))));
            assertThat(links(storage)).isEqualTo(linker.link());
        }
    }

    private static void assertLowLimits(SearchNode node) throws IOException {
        try (ElasticsearchStorage storage = open(node, "low")) {
            storage.spanConsumer().accept(trace(1, 350, i -> span(1, i))).execute();
            List<Span> spans = new ArrayList<>();
            for (int trace = 0; trace < 260; trace++) {
                int number = 1000 + trace;
                spans.addAll(trace(number, 12, i -> span(number, i).toBuilder()
                        .name("n" + number)
                        .timestamp(NOW_MICROS - number * 1000L)
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName("s" + number).build())
                        .remoteEndpoint(
                                Endpoint.newBuilder().serviceName("r" + number).build())
                        .putTag("environment", "e" + number)
                        .build()));
            }
            storage.spanConsumer().accept(spans).execute();
            countLinks(storage);
            node.refresh("low");
            node.request("PUT", "/low-*/_settings", LOW);
            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"search.max_buckets\":100}}");

            assertThat(ids(storage.getTrace("1").execute())).isEqualTo(numbers(350));
            List<String> traceIds = IntStream.range(1000, 1260)
                    .mapToObj(number -> Span.normalizeTraceId(Integer.toHexString(number)))
                    .toList();
            assertThat(storage.getTraces(traceIds).execute()).hasSize(260).allSatisfy(trace -> assertThat(trace)
                    .hasSize(12));
            assertThat(storage.getServiceNames().execute()).isEqualTo(names("s", "frontend"));
            assertThat(storage.autocompleteTags().getValues("environment").execute())
                    .isEqualTo(names("e", null));
            assertThat(storage.spanStore().getTraces(request(240).build()).execute())
                    .hasSize(240)
                    .allSatisfy(trace -> assertThat(trace).hasSizeGreaterThanOrEqualTo(12));
            assertThat(links(storage)).hasSize(261);
            // Counting goes on with the low limits.
            storage.spanConsumer().accept(trace(1, 700, i -> span(1, i + 350))).execute();
            countLinks(storage);
            node.request("PUT", "/_cluster/settings", "{\"transient\":{\"search.max_buckets\":null}}");
        }
    }

    /** The names of all days do not fit into an address, whose length nodes bound. */
    private static void assertLongNames(SearchNode node) throws IOException {
        String prefix = "p".repeat(100);
        try (ElasticsearchStorage storage = open(node, prefix)) {
            storage.spanConsumer().accept(trace(1, 3, i -> span(1, i))).execute();
            countLinks(storage);
            node.refresh(prefix);
            assertThat(storage.getServiceNames().execute()).containsExactly("frontend");
            assertThat(storage.autocompleteTags().getValues("environment").execute())
                    .isEmpty();
            long lookback = Duration.ofDays(3650).toMillis();
            assertThat(storage.spanStore()
                            .getTraces(request(10).lookback(lookback).build())
                            .execute())
                    .hasSize(1);
            assertThat(storage.spanStore()
                            .getDependencies(System.currentTimeMillis(), lookback)
                            .execute())
                    .hasSize(1);
        }
    }

    private static void countLinks(ElasticsearchStorage storage) {
        while (storage.aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
    }

    private static List<DependencyLink> links(ElasticsearchStorage storage) throws IOException {
        return storage.spanStore()
                .getDependencies(System.currentTimeMillis(), Duration.ofDays(2).toMillis())
                .execute();
    }

    private static QueryRequest.Builder request(int limit) {
        return QueryRequest.newBuilder()
                .endTs(Clock.systemUTC().millis())
                .lookback(Duration.ofDays(1).toMillis())
                .limit(limit);
    }

    private static List<Span> trace(int trace, int spans, IntFunction<Span> span) {
        assertThat(trace).isPositive();
        return IntStream.range(1, spans + 1).mapToObj(span).toList();
    }

    private static Span span(int trace, int number) {
        return Span.newBuilder()
                .traceId(Integer.toHexString(trace))
                .id(number)
                .kind(Span.Kind.CLIENT)
                .timestamp(NOW_MICROS)
                .duration(10)
                .localEndpoint(Endpoint.newBuilder().serviceName("frontend").build())
                .remoteEndpoint(Endpoint.newBuilder().serviceName("backend").build())
                .build();
    }

    private static List<String> names(String letter, @Nullable String other) {
        List<String> names = IntStream.range(1000, 1260)
                .mapToObj(number -> letter + number)
                .collect(Collectors.toCollection(ArrayList::new));
        if (other != null) {
            names.add(other);
        }
        return names.stream().sorted().toList();
    }

    private static List<String> ids(List<Span> spans) {
        return spans.stream().map(Span::id).sorted().toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(1, count + 1)
                .mapToObj(number -> Span.normalizeTraceId(Integer.toHexString(number)))
                .sorted()
                .toList();
    }
}
