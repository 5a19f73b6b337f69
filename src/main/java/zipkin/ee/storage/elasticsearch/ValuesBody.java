package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;

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
        return body(json -> {
            json.writeObjectFieldStart("terms");
            json.writeStringField("field", field);
            json.writeNumberField("size", size);
            json.writeEndObject();
        });
    }

    /**
     * The first values in their order.
     *
     * @param after values up to this one are left out; null for none
     */
    String page(int size, @Nullable String after) {
        return body(json -> {
            json.writeObjectFieldStart("composite");
            json.writeNumberField("size", size);
            json.writeArrayFieldStart("sources");
            json.writeStartObject();
            json.writeObjectFieldStart("value");
            json.writeObjectFieldStart("terms");
            json.writeStringField("field", field);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            if (after != null) {
                json.writeObjectFieldStart("after");
                json.writeStringField("value", after);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private String body(Json.Writing aggregation) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", 0);
            json.writeBooleanField("track_total_hits", false);
            writeConditions(json);
            json.writeObjectFieldStart("aggs");
            json.writeObjectFieldStart("values");
            aggregation.write(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void writeConditions(JsonGenerator json) throws IOException {
        SearchBody.beginFilter(json);
        if (fromMillis >= 0) {
            SearchBody.writeRange(json, "timestamp_millis", fromMillis, toMillis);
        }
        if (condition != null) {
            SearchBody.writeTerm(json, condition.getKey(), condition.getValue());
        }
        SearchBody.endFilter(json);
    }
}
