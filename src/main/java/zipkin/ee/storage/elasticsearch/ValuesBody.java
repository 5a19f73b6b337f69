package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of searches for the different values of a field.
 *
 * @param fromMillis of the spans looked at, with {@code toMillis}; negative for documents without a
 *     time
 * @param condition a field and the value it must have; null for none
 */
record ValuesBody(String field, long fromMillis, long toMillis, Map.@Nullable Entry<String, String> condition) {
    /** The most frequent values. */
    String most(int size) {
        return body(object("terms", object("field", field, "size", size)));
    }

    /**
     * The first values in their order.
     *
     * @param after values up to this one are left out; null for none
     */
    String page(int size, @Nullable String after) {
        Object source = object("value", object("terms", object("field", field)));
        JsonBody composite = object("size", size, "sources", List.of(source));
        if (after != null) {
            composite.with("after", object("value", after));
        }
        return body(object("composite", composite));
    }

    private String body(JsonBody aggregation) {
        List<Object> conditions = new ArrayList<>();
        if (fromMillis >= 0) {
            conditions.add(SearchBody.range("timestamp_millis", fromMillis, toMillis));
        }
        if (condition != null) {
            conditions.add(SearchBody.term(condition.getKey(), condition.getValue()));
        }
        return object().with("size", 0)
                .with("track_total_hits", false)
                .with("query", SearchBody.filter(conditions))
                .with("aggs", object("values", aggregation))
                .text();
    }
}
