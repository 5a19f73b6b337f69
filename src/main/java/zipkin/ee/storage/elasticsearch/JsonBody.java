package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;

/**
 * An object in the body of a request. Its values are objects, maps, lists, texts, numbers and
 * booleans. Documents of spans, which are many, are written without.
 */
final class JsonBody {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private JsonBody() {}

    /** An object whose members have the order of the arguments. */
    static JsonBody object(Object... namesAndValues) {
        JsonBody object = new JsonBody();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** Adds a member to this object. */
    JsonBody with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Adds the members of another object to this one. */
    JsonBody withAll(JsonBody other) {
        members.putAll(other.members);
        return this;
    }

    String text() {
        return Json.write(json -> write(json, this));
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof JsonBody object) {
            write(json, object.members);
        } else if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : object.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            json.writeStartArray();
            for (Object element : array) {
                write(json, element);
            }
            json.writeEndArray();
        } else {
            json.writeObject(value);
        }
    }
}
