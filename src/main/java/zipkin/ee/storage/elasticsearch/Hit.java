package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One document that a search has found.
 *
 * @param sequence number of the document within its shard; -1 when it was not asked for
 */
record Hit<T>(String index, String id, long sequence, T source) {
    /** Reads the {@code _source} of a hit, from its START_OBJECT to its END_OBJECT. */
    @FunctionalInterface
    interface SourceReading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /**
     * @param parser at the START_OBJECT of a hit
     */
    static <T> Hit<T> read(JsonParser parser, SourceReading<T> reading) throws IOException {
        String index = "";
        String id = "";
        long sequence = -1;
        @Nullable T source = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "_index" -> index = parser.getText();
                case "_id" -> id = parser.getText();
                case "_seq_no" -> sequence = parser.getLongValue();
                case "_source" -> source = reading.read(parser);
                default -> parser.skipChildren();
            }
        }
        if (source == null) {
            throw new IOException("a hit has no _source");
        }
        return new Hit<>(index, id, sequence, source);
    }
}
