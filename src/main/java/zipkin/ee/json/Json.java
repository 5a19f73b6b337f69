package zipkin.ee.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON for other servers, and reads trees of their answers. Thread safe. */
public final class Json {
    /** Without a bound of single texts: a span's text may be as long as a message. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** Writes one value. */
    @FunctionalInterface
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    public static String write(Writing writing) {
        return new String(writeBytes(writing), StandardCharsets.UTF_8);
    }

    /** Writes one value in UTF-8. */
    public static byte[] writeBytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a whole small answer as maps, lists, String, Long, Double, Boolean and null; an empty
     * map for an empty answer. Too costly for hits.
     *
     * @param parser before its first token
     */
    public static Object tree(JsonParser parser) throws IOException {
        parser.nextToken();
        Object value = value(parser);
        return value == null ? Map.of() : value;
    }

    /** Reads a whole text, see {@link #tree(JsonParser)}. */
    public static Object tree(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return tree(parser);
        }
    }

    /** The value at the parser's current token; the next token is the one after the value. */
    public static @Nullable Object value(JsonParser parser) throws IOException {
        return parser.currentToken() == null ? null : Trees.READER.readValue(parser);
    }

    /** Jackson's databind, loaded with the first tree. */
    private static final class Trees {
        static final ObjectReader READER = new ObjectMapper()
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .readerFor(Object.class);
    }

    /**
     * The value at a path of member names and array indexes; null where there is none.
     */
    public static @Nullable Object at(@Nullable Object tree, Object... path) {
        Object value = tree;
        for (Object step : path) {
            if (step instanceof String name) {
                value = value instanceof Map<?, ?> object ? object.get(name) : null;
            } else {
                int index = (Integer) step;
                value = value instanceof List<?> array && index < array.size() ? array.get(index) : null;
            }
        }
        return value;
    }

    public static String text(@Nullable Object tree, Object... path) {
        Object value = at(tree, path);
        return value == null ? "" : value.toString();
    }

    public static long number(@Nullable Object tree, Object... path) {
        return at(tree, path) instanceof Long value ? value : 0;
    }

    /** The members of an object; none when it is not there. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> object(@Nullable Object tree, Object... path) {
        return at(tree, path) instanceof Map<?, ?> object ? (Map<String, @Nullable Object>) object : Map.of();
    }

    /** The elements of an array; none when it is not there. */
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> array(@Nullable Object tree, Object... path) {
        return at(tree, path) instanceof List<?> array ? (List<@Nullable Object>) array : List.of();
    }
}
