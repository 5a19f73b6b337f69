package zipkin.ee.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** JSON without white space, as query answers have it. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** {@code [item,item]} of items that are JSON already. */
    static byte[] list(List<byte[]> items) {
        int length = 2 + Math.max(0, items.size() - 1);
        for (byte[] item : items) {
            length += item.length;
        }
        byte[] result = new byte[length];
        int position = 0;
        result[position++] = '[';
        for (byte[] item : items) {
            if (position > 1) {
                result[position++] = ',';
            }
            System.arraycopy(item, 0, result, position, item.length);
            position += item.length;
        }
        result[position] = ']';
        return result;
    }

    /** {@code ["name","name"]} in the order given. */
    static byte[] strings(List<String> strings) throws IOException {
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
