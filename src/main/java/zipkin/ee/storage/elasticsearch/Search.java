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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.DistinctSpans;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;
import zipkin2.storage.QueryRequest;

/** Reads from the indices. Indices that are not there, or are closed, have nothing. Thread safe. */
final class Search {
    /** The cluster's limit of hits in one answer ({@code index.max_result_window}). */
    static final int MAX_HITS = 10_000;

    private static final int HITS_A_TRACE = 10;
    private static final int MAX_BUCKETS = 65_000;
    private static final String SCROLL_TIME = "1m";
    private static final long MINUTE_MILLIS = 60_000;

    private final Cluster cluster;
    private final IndexNames names;
    private final boolean strictTraceId;
    private final long namesLookbackMillis;
    private final int maxSpans;

    /**
     * @param namesLookbackMillis how old a span may be that names are taken from
     * @param maxSpans most spans read by one query
     */
    Search(Cluster cluster, IndexNames names, boolean strictTraceId, long namesLookbackMillis, int maxSpans) {
        this.cluster = cluster;
        this.names = names;
        this.strictTraceId = strictTraceId;
        this.namesLookbackMillis = namesLookbackMillis;
        this.maxSpans = maxSpans;
    }

    List<List<Span>> traces(ClusterVersion version, Set<String> traceIds) {
        return grouped(traceIds, spans(List.of(names.all(Kind.SPAN, version)), keys(traceIds)));
    }

    List<List<Span>> traces(ClusterVersion version, QueryRequest request) {
        List<String> indices =
                names.range(Kind.SPAN, version, Math.max(0, request.endTs() - request.lookback()), request.endTs());
        if (indices.isEmpty()) {
            return List.of();
        }
        Set<String> traceIds = newest(indices, request);
        return traceIds.isEmpty() ? List.of() : grouped(traceIds, spans(indices, keys(traceIds)));
    }

    /** Most traces have few spans that meet the conditions, so the newest spans tell the newest traces; otherwise they are counted out. */
    private Set<String> newest(List<String> indices, QueryRequest request) {
        int limit = request.limit();
        int size = (int) Math.min(MAX_HITS, (long) limit * HITS_A_TRACE);
        Hits<String> spans = cluster.call(
                search(indices, SearchBody.newestSpans(request, size)),
                parser -> Hits.read(parser, hit -> {
                    Object tree = Json.value(hit);
                    return Json.text(tree, "_source", "traceId");
                }));
        Set<String> traceIds = new LinkedHashSet<>();
        for (String traceId : spans.items()) {
            if (traceIds.size() < limit) {
                traceIds.add(key(traceId));
            }
        }
        if (traceIds.size() == limit || spans.items().size() < size) {
            return traceIds;
        }
        Object answer = cluster.tree(search(
                indices,
                SearchBody.newestTraces(
                        request, strictTraceId ? Math.min(limit, MAX_BUCKETS) : Math.min(2 * limit, MAX_BUCKETS))));
        for (Object bucket : Json.array(answer, "aggregations", "traceId", "buckets")) {
            if (traceIds.size() < limit) {
                traceIds.add(key(Json.text(bucket, "key")));
            }
        }
        return traceIds;
    }

    private Set<String> keys(Collection<String> traceIds) {
        Set<String> keys = new LinkedHashSet<>();
        traceIds.forEach(id -> keys.add(key(id)));
        return keys;
    }

    /** What a trace is looked up by: its id, or the low 64 bits of that. */
    private String key(String traceId) {
        return strictTraceId || traceId.length() == 16 ? traceId : traceId.substring(16);
    }

    /** In the order of the ids; spans of other ids, which a lenient mapping finds, are left out. */
    private List<List<Span>> grouped(Collection<String> traceIds, List<Span> spans) {
        Map<String, DistinctSpans> traces = new LinkedHashMap<>();
        traceIds.forEach(id -> traces.put(key(id), new DistinctSpans()));
        for (Span span : spans) {
            DistinctSpans trace = traces.get(key(span.traceId()));
            if (trace != null) {
                trace.add(span);
            }
        }
        return traces.values().stream()
                .map(DistinctSpans::toList)
                .filter(trace -> !trace.isEmpty())
                .toList();
    }

    private List<Span> spans(List<String> indices, Set<String> traceIds) {
        ClusterRequest request =
                search(indices, SearchBody.terms("traceId", traceIds, Math.min(maxSpans, MAX_HITS), MAX_HITS + 1));
        Hits<Span> first = cluster.call(request, parser -> Hits.read(parser, Search::readSpan));
        return first.total() <= first.items().size() || maxSpans <= MAX_HITS
                ? first.items()
                : scroll(request.with("scroll", SCROLL_TIME), Search::readSpan);
    }

    private static Span readSpan(JsonParser hit) throws IOException {
        return SpanHit.read(hit).span();
    }

    /** All hits beyond the limit of one answer, up to {@code maxSpans}. */
    private <T> List<T> scroll(ClusterRequest request, Hits.HitReading<T> reading) {
        List<T> all = new ArrayList<>();
        Hits<T> page = cluster.call(request, parser -> Hits.read(parser, reading));
        while (!page.items().isEmpty() && all.size() < maxSpans) {
            all.addAll(page.items().subList(0, Math.min(page.items().size(), maxSpans - all.size())));
            page = cluster.call(
                    ClusterRequest.post("/_search/scroll", scrollBody(page.scrollId())),
                    parser -> Hits.read(parser, reading));
        }
        cluster.tree(new ClusterRequest(
                "DELETE",
                "/_search/scroll",
                Map.of(),
                ClusterRequest.Body.of("{\"scroll_id\":[\"" + page.scrollId() + "\"]}"),
                false,
                true));
        return all;
    }

    private static String scrollBody(String scrollId) {
        return "{\"scroll\":\"" + SCROLL_TIME + "\",\"scroll_id\":\"" + scrollId + "\"}";
    }

    List<String> serviceNames(ClusterVersion version) {
        return recent(version, "localEndpoint.serviceName", null);
    }

    List<String> remoteServiceNames(ClusterVersion version, String service) {
        return recent(version, "remoteEndpoint.serviceName", Map.entry("localEndpoint.serviceName", service));
    }

    List<String> spanNames(ClusterVersion version, String service) {
        return recent(version, "name", Map.entry("localEndpoint.serviceName", service));
    }

    /** Whole minutes, so that the cluster may answer from its cache of requests. */
    private List<String> recent(ClusterVersion version, String field, Map.@Nullable Entry<String, String> condition) {
        long now = names.nowMillis();
        long to = (now / MINUTE_MILLIS + 1) * MINUTE_MILLIS;
        long from = Math.max(0, now - namesLookbackMillis) / MINUTE_MILLIS * MINUTE_MILLIS;
        return values(
                names.range(Kind.SPAN, version, from, now), SearchBody.values(field, MAX_BUCKETS, from, to, condition));
    }

    List<String> tagValues(ClusterVersion version, String key) {
        long now = names.nowMillis();
        return values(
                names.range(Kind.AUTOCOMPLETE, version, Math.max(0, now - namesLookbackMillis), now),
                SearchBody.values("tagValue", MAX_BUCKETS, -1, -1, Map.entry("tagKey", key)));
    }

    private List<String> values(List<String> indices, String body) {
        Object answer = cluster.tree(search(indices, body).with("request_cache", "true"));
        Set<String> values = new TreeSet<>();
        for (Object bucket : Json.array(answer, "aggregations", "values", "buckets")) {
            values.add(Json.text(bucket, "key"));
        }
        return List.copyOf(values);
    }

    List<DependencyLink> links(ClusterVersion version, long endMillis, long lookbackMillis) {
        List<String> indices =
                names.range(Kind.DEPENDENCY, version, Math.max(0, endMillis - lookbackMillis), endMillis);
        if (indices.isEmpty()) {
            return List.of();
        }
        ClusterRequest request = search(indices, SearchBody.all(MAX_HITS));
        Hits<LinkDocument> first = cluster.call(request, parser -> Hits.read(parser, LinkDocument::read));
        List<LinkDocument> documents = first.total() <= first.items().size()
                ? first.items()
                : scroll(request.with("scroll", SCROLL_TIME), LinkDocument::read);
        return DependencyLinker.merge(documents.stream()
                .filter(document -> document.calls() > 0)
                .map(LinkDocument::link)
                .toList());
    }

    private static ClusterRequest search(List<String> indices, String body) {
        return ClusterRequest.post("/" + String.join(",", indices) + "/_search", body)
                .with("allow_no_indices", "true")
                .with("expand_wildcards", "open")
                .with("ignore_unavailable", "true");
    }
}
