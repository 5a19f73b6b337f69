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
 */
record Hits<T>(List<Hit<T>> items, long total) {
    /**
     * Reads {@code {"_shards":…,"hits":{"total":{"value":…},"hits":[…]}}}.
     *
     * @throws ClusterRefusedException when a shard could not answer the search, see
     *     {@link ShardFailures}
     */
    static <T> Hits<T> read(JsonParser parser, Hit.SourceReading<T> reading) throws IOException {
        parser.nextToken();
        return readOne(parser, reading);
    }

    /**
     * Reads one of the answers of {@code _msearch}, or the only one of {@code _search}.
     *
     * @param parser at the START_OBJECT of the answer
     */
    static <T> Hits<T> readOne(JsonParser parser, Hit.SourceReading<T> reading) throws IOException {
        List<Hit<T>> items = new ArrayList<>();
        long total = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("_shards")) {
                ShardFailures.check(Json.value(parser));
            } else if (name.equals("error")) {
                throw ShardFailures.failure(Json.value(parser));
            } else if (name.equals("hits") && value == JsonToken.START_OBJECT) {
                total = readHits(parser, reading, items);
            } else {
                parser.skipChildren();
            }
        }
        return new Hits<>(items, total);
    }

    private static <T> long readHits(JsonParser parser, Hit.SourceReading<T> reading, List<Hit<T>> items)
            throws IOException {
        long total = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("total") && value == JsonToken.START_OBJECT) {
                total = Json.number(Json.value(parser), "value");
            } else if (name.equals("hits") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    items.add(Hit.read(parser, reading));
                }
            } else {
                parser.skipChildren();
            }
        }
        return total;
    }

    /** The sources of the hits, in their order. */
    List<T> sources() {
        return items.stream().map(Hit::source).toList();
    }
}
