package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.storage.QueryRequest;

/** Bodies of searches. Conditions are filters, so that nothing is scored. */
final class SearchBody {
    private SearchBody() {}

    /** The trace ids of the newest spans that meet the conditions, each with its time. */
    static String newestSpans(QueryRequest request, int size) {
        return object().with("size", size)
                .with("track_total_hits", false)
                .with("_source", List.of("traceId"))
                .with("query", filter(conditions(request)))
                .with("sort", List.of(object("timestamp_millis", object("order", "desc", "unmapped_type", "date"))))
                .text();
    }

    /**
     * The traces that have a span which meets the conditions, by the time of the newest such span.
     */
    static String newestTraces(QueryRequest request, int size) {
        JsonBody groups = object().with(
                        "terms", object("field", "traceId", "size", size, "order", object("newest", "desc")))
                .with("aggs", object("newest", object("max", object("field", "timestamp_millis"))));
        return object().with("size", 0)
                .with("track_total_hits", false)
                .with("query", filter(conditions(request)))
                .with("aggs", object("traceId", groups))
                .text();
    }

    /**
     * All documents whose field has one of these values.
     *
     * @param total how far hits are counted
     */
    static String terms(String field, Collection<String> values, int size, int total) {
        return object().with("size", size)
                .with("track_total_hits", total)
                .with("query", filter(List.of(terms(field, values))))
                .with("sort", List.of("_doc"))
                .text();
    }

    /** A page of the same documents in the order of {@link HitPages}. */
    static String termsPage(String field, Collection<String> values, int size, HitPages.@Nullable Place after) {
        JsonBody page = page(size, after);
        page.with("query", filter(List.of(terms(field, values))));
        return page.text();
    }

    /** Documents of an index, all of them. */
    static String all(int size) {
        return object("size", size, "track_total_hits", size + 1, "sort", List.of("_doc"))
                .text();
    }

    /** A page of the same documents in the order of {@link HitPages}. */
    static String allPage(int size, HitPages.@Nullable Place after) {
        return page(size, after).text();
    }

    private static JsonBody page(int size, HitPages.@Nullable Place after) {
        JsonBody page = object().with("size", size)
                .with("track_total_hits", false)
                .with("seq_no_primary_term", true)
                .with("sort", List.of("_index", "_seq_no"));
        if (after != null) {
            page.with("search_after", List.of(after.index(), after.sequence()));
        }
        return page;
    }

    private static List<Object> conditions(QueryRequest request) {
        List<Object> conditions = new ArrayList<>();
        long from = Math.max(0, request.endTs() - request.lookback());
        conditions.add(range("timestamp_millis", from, request.endTs()));
        addTerm(conditions, "localEndpoint.serviceName", request.serviceName());
        addTerm(conditions, "remoteEndpoint.serviceName", request.remoteServiceName());
        addTerm(conditions, "name", request.spanName());
        request.annotationQuery()
                .forEach((key, value) -> conditions.add(term("_q", value.isEmpty() ? key : key + "=" + value)));
        if (request.minDuration() != null) {
            conditions.add(range("duration", request.minDuration(), request.maxDuration()));
        }
        return conditions;
    }

    private static void addTerm(List<Object> conditions, String field, @Nullable String value) {
        if (value != null) {
            conditions.add(term(field, value));
        }
    }

    /** A query for what meets all conditions. */
    static JsonBody filter(List<?> conditions) {
        return object("bool", object("filter", conditions));
    }

    static JsonBody term(String field, String value) {
        return object("term", object(field, value));
    }

    static JsonBody terms(String field, Collection<String> values) {
        return object("terms", object(field, values));
    }

    static JsonBody range(String field, long from, @Nullable Long to) {
        JsonBody range = object("gte", from);
        if (to != null) {
            range.with("lte", to);
        }
        return object("range", object(field, range));
    }
}
