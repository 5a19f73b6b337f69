package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.json.Json;

/**
 * The hits of one answer to a search.
 *
 * @param total how many there are, as far as the cluster has counted; 0 when it was not asked to
 * @param scrollId with which the next ones are asked for; empty without scrolling
 */
record Hits<T>(List<T> items, long total, String scrollId) {
    /** Reads one hit, from its START_OBJECT to its END_OBJECT. */
    @FunctionalInterface
    interface HitReading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Reads {@code {"_scroll_id":…,"hits":{"total":{"value":…},"hits":[…]}}}. */
    static <T> Hits<T> read(JsonParser parser, HitReading<T> reading) throws IOException {
        List<T> items = new ArrayList<>();
        long total = 0;
        String scrollId = "";
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("_scroll_id")) {
                scrollId = parser.getText();
            } else if (name.equals("hits") && value == JsonToken.START_OBJECT) {
                total = readHits(parser, reading, items);
            } else {
                parser.skipChildren();
            }
        }
        return new Hits<>(items, total, scrollId);
    }

    private static <T> long readHits(JsonParser parser, HitReading<T> reading, List<T> items) throws IOException {
        long total = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("total") && value == JsonToken.START_OBJECT) {
                total = Json.number(Json.value(parser), "value");
            } else if (name.equals("hits") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    items.add(reading.read(parser));
                }
            } else {
                parser.skipChildren();
            }
        }
        return total;
    }
}
