package zipkin.ee.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Lists of strings as JSON without white space. */
final class JsonStrings {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonStrings() {}

    static byte[] write(List<String> strings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * strings.size() + 2);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (String string : strings) {
                json.writeString(string);
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }
}
