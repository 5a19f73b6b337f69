package zipkin.ee.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that is written to other servers, and trees of their answers. Thread safe. */
public final class Json {
    /** Answers are bounded as a whole, and a span's text may be as long as a message. */
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

    /** In UTF-8. */
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
     * A whole small answer: maps, lists, texts, Long, Double, Boolean, null; an empty map for an
     * empty answer. Not for hits.
     *
     * @param parser before its first token
     */
    public static Object tree(JsonParser parser) throws IOException {
        parser.nextToken();
        Object value = value(parser);
        return value == null ? Map.of() : value;
    }

    /** The same of a text. */
    public static Object tree(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return tree(parser);
        }
    }

    /** The value at which the parser stands; it stands at its end afterwards. */
    public static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /**
     * What lies in {@code tree} below names and, for lists, numbers; null where there is nothing.
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
