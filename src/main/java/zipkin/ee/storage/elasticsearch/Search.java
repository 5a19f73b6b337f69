package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import zipkin.ee.json.Json;
import zipkin.ee.link.DistinctSpans;
import zipkin.ee.storage.FoundTraces;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;
import zipkin2.storage.QueryRequest;

/**
 * Reads traces and links from the indices. Indices that are not there, or are closed, have nothing.
 * Thread safe.
 */
final class Search {
    private static final int HITS_PER_TRACE = 10;
    /**
     * Trace ids in one request, below what engines allow by default: so many bring a page of spans
     * at least.
     */
    private static final int MAX_TRACE_IDS = 10_000;

    private final Cluster cluster;
    private final IndexNames names;
    private final TraceIds ids;
    private final int maxSpans;
    private final EngineLimits limits;
    private final HitPages pages;

    /**
     * @param maxSpans most spans read by one query
     */
    Search(Cluster cluster, IndexNames names, TraceIds ids, int maxSpans, EngineLimits limits) {
        this.cluster = cluster;
        this.names = names;
        this.ids = ids;
        this.maxSpans = maxSpans;
        this.limits = limits;
        this.pages = new HitPages(cluster, limits);
    }

    List<List<Span>> traces(ClusterVersion version, Set<String> traceIds) {
        return grouped(traceIds, spans(List.of(names.all(Kind.SPAN, version)), ids.keys(traceIds)));
    }

    List<List<Span>> traces(ClusterVersion version, QueryRequest request) {
        List<String> indices = names.addressable(
                Kind.SPAN, version, Math.max(0, request.endTs() - request.lookback()), request.endTs());
        if (indices.isEmpty()) {
            return List.of();
        }
        Set<String> traceIds = newest(indices, request);
        return traceIds.isEmpty() ? List.of() : grouped(traceIds, spans(indices, ids.keys(traceIds)));
    }

    /**
     * Most traces have few spans that meet the conditions, so the newest spans belong to the newest
     * traces; otherwise the engine groups spans by trace.
     */
    private Set<String> newest(List<String> indices, QueryRequest request) {
        // Each trace has a span at least.
        int limit = Math.min(request.limit(), maxSpans);
        try {
            return limits.within(() -> {
                int size = (int) Math.min(limits.of(EngineLimit.RESULT_WINDOW), (long) limit * HITS_PER_TRACE);
                List<String> spans = cluster.call(
                                ClusterRequest.search(indices, SearchBody.newestSpans(request, size)),
                                parser -> Hits.read(parser, source -> Json.text(Json.value(source), "traceId")))
                        .sources();
                Set<String> traceIds = new LinkedHashSet<>();
                for (String traceId : spans) {
                    if (traceIds.size() < limit) {
                        traceIds.add(ids.key(traceId));
                    }
                }
                return traceIds.size() == limit || spans.size() < size
                        ? traceIds
                        : new NewestTraces(cluster, limits, ids::key, ids.strict() ? 1 : 2)
                                .add(traceIds, indices, request, limit);
            });
        } catch (ClusterRefusedException e) {
            if (String.valueOf(e.getMessage()).contains("maxClauseCount")) {
                throw new IllegalArgumentException(
                        "The query has more conditions than can be searched for at once.", e);
            }
            throw e;
        }
    }

    /**
     * Traces in the order of the ids, without spans of other ids, which a lenient mapping finds.
     */
    private List<List<Span>> grouped(Collection<String> traceIds, List<Span> spans) {
        Map<String, DistinctSpans> traces = new LinkedHashMap<>();
        traceIds.forEach(id -> traces.put(ids.key(id), new DistinctSpans()));
        for (Span span : spans) {
            DistinctSpans trace = traces.get(ids.key(span.traceId()));
            if (trace != null) {
                trace.add(span);
            }
        }
        return traces.values().stream()
                .map(DistinctSpans::toList)
                .filter(trace -> !trace.isEmpty())
                .toList();
    }

    /** At most {@code maxSpans} spans, those of the first traces. */
    private List<Span> spans(List<String> indices, Set<String> traceIds) {
        List<String> keys = List.copyOf(traceIds);
        List<Span> all = new ArrayList<>();
        int from = 0;
        while (from < keys.size() && all.size() < maxSpans) {
            int first = from;
            int most = maxSpans - all.size();
            from = limits.within(() -> {
                int count = Math.min(MAX_TRACE_IDS, limits.of(EngineLimit.TERMS));
                int end = Math.min(keys.size(), first + count);
                all.addAll(spans(indices, keys.subList(first, end), most));
                return end;
            });
        }
        return all;
    }

    private List<Span> spans(List<String> indices, List<String> traceIds, int most) {
        return allOf(
                most,
                size -> ClusterRequest.search(indices, SearchBody.terms("traceId", traceIds, size, size + 1)),
                (size, after) -> ClusterRequest.search(indices, SearchBody.termsPage("traceId", traceIds, size, after)),
                Search::read);
    }

    private static Span read(JsonParser source) throws IOException {
        return FoundTraces.counted(SpanSource.read(source));
    }

    /** One request in any order when that brings all, which is the usual case; else pages. */
    private <T> List<T> allOf(
            int most, IntFunction<ClusterRequest> once, HitPages.PageRequest paged, Hit.SourceReading<T> reading) {
        try {
            Hits<T> first = limits.within(() -> {
                int size = Math.min(most, limits.of(EngineLimit.RESULT_WINDOW));
                return cluster.call(once.apply(size), parser -> Hits.read(parser, reading));
            });
            if (first.total() <= first.items().size() || first.items().size() >= most) {
                return first.sources();
            }
        } catch (AnswerTooLongException e) {
            // Pages are made smaller until they fit.
        }
        return pages.read(most, paged, reading).stream().map(Hit::source).toList();
    }

    List<DependencyLink> links(ClusterVersion version, long endMillis, long lookbackMillis) {
        List<String> days = names.range(Kind.DEPENDENCY, version, Math.max(0, endMillis - lookbackMillis), endMillis);
        List<DependencyLink> links = new ArrayList<>();
        for (List<String> indices : IndexNames.portions(days)) {
            List<LinkDocument> documents = allOf(
                    maxSpans,
                    size -> ClusterRequest.search(indices, SearchBody.all(size)),
                    (size, after) -> ClusterRequest.search(indices, SearchBody.allPage(size, after)),
                    source -> LinkDocument.of(Map.of("_source", Map.copyOf(Json.object(Json.value(source))))));
            documents.stream()
                    .filter(document -> document.calls() > 0)
                    .map(LinkDocument::link)
                    .forEach(links::add);
        }
        return DependencyLinker.merge(links);
    }
}
