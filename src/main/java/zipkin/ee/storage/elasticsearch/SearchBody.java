package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin2.storage.QueryRequest;

/** Bodies of searches. Conditions are filters, so that nothing is scored. */
final class SearchBody {
    private SearchBody() {}

    /** The trace ids of the newest spans that meet the conditions, each with its time. */
    static String newestSpans(QueryRequest request, int size) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", size);
            json.writeBooleanField("track_total_hits", false);
            json.writeArrayFieldStart("_source");
            json.writeString("traceId");
            json.writeEndArray();
            writeConditions(json, request);
            json.writeArrayFieldStart("sort");
            json.writeStartObject();
            json.writeObjectFieldStart("timestamp_millis");
            json.writeStringField("order", "desc");
            json.writeStringField("unmapped_type", "date");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /**
     * The traces that have a span which meets the conditions, by the time of the newest such span.
     */
    static String newestTraces(QueryRequest request, int size) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", 0);
            json.writeBooleanField("track_total_hits", false);
            writeConditions(json, request);
            json.writeObjectFieldStart("aggs");
            json.writeObjectFieldStart("traceId");
            json.writeObjectFieldStart("terms");
            json.writeStringField("field", "traceId");
            json.writeNumberField("size", size);
            json.writeObjectFieldStart("order");
            json.writeStringField("newest", "desc");
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("aggs");
            json.writeObjectFieldStart("newest");
            json.writeObjectFieldStart("max");
            json.writeStringField("field", "timestamp_millis");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * All documents whose field has one of these values.
     *
     * @param total how far hits are counted
     */
    static String terms(String field, Collection<String> values, int size, int total) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", size);
            json.writeNumberField("track_total_hits", total);
            writeTerms(json, field, values);
            writeSort(json, "_doc");
            json.writeEndObject();
        });
    }

    /** The same documents in the order of {@link HitPages}. */
    static String termsPage(String field, Collection<String> values, int size, HitPages.@Nullable Place after) {
        return Json.write(json -> {
            json.writeStartObject();
            writePage(json, size, after);
            writeTerms(json, field, values);
            json.writeEndObject();
        });
    }

    /** Documents of an index, all of them. */
    static String all(int size) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", size);
            json.writeNumberField("track_total_hits", size + 1);
            writeSort(json, "_doc");
            json.writeEndObject();
        });
    }

    /** The same documents in the order of {@link HitPages}. */
    static String allPage(int size, HitPages.@Nullable Place after) {
        return Json.write(json -> {
            json.writeStartObject();
            writePage(json, size, after);
            json.writeEndObject();
        });
    }

    private static void writePage(JsonGenerator json, int size, HitPages.@Nullable Place after) throws IOException {
        json.writeNumberField("size", size);
        json.writeBooleanField("track_total_hits", false);
        json.writeBooleanField("seq_no_primary_term", true);
        writeSort(json, "_index", "_seq_no");
        if (after != null) {
            json.writeArrayFieldStart("search_after");
            json.writeString(after.index());
            json.writeNumber(after.sequence());
            json.writeEndArray();
        }
    }

    private static void writeSort(JsonGenerator json, String... fields) throws IOException {
        json.writeArrayFieldStart("sort");
        for (String field : fields) {
            json.writeString(field);
        }
        json.writeEndArray();
    }

    private static void writeTerms(JsonGenerator json, String field, Collection<String> values) throws IOException {
        beginFilter(json);
        json.writeStartObject();
        json.writeObjectFieldStart("terms");
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        endFilter(json);
    }

    private static void writeConditions(JsonGenerator json, QueryRequest request) throws IOException {
        beginFilter(json);
        writeRange(json, "timestamp_millis", Math.max(0, request.endTs() - request.lookback()), request.endTs());
        if (request.serviceName() != null) {
            writeTerm(json, "localEndpoint.serviceName", request.serviceName());
        }
        if (request.remoteServiceName() != null) {
            writeTerm(json, "remoteEndpoint.serviceName", request.remoteServiceName());
        }
        if (request.spanName() != null) {
            writeTerm(json, "name", request.spanName());
        }
        for (Map.Entry<String, String> condition : request.annotationQuery().entrySet()) {
            String value = condition.getValue();
            writeTerm(json, "_q", value.isEmpty() ? condition.getKey() : condition.getKey() + "=" + value);
        }
        if (request.minDuration() != null) {
            writeRange(json, "duration", request.minDuration(), request.maxDuration());
        }
        endFilter(json);
    }

    static void beginFilter(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("query");
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("filter");
    }

    static void endFilter(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeTerm(JsonGenerator json, String field, String value) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("term");
        json.writeStringField(field, value);
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeRange(JsonGenerator json, String field, long from, @Nullable Long to) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("range");
        json.writeObjectFieldStart(field);
        json.writeNumberField("gte", from);
        if (to != null) {
            json.writeNumberField("lte", to);
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
