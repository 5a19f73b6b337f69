package zipkin.ee.differential;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON document as a map of member paths to scalar values: {@code zipkin/details} to {@code UP}.
 */
final class FlatJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private FlatJson() {}

    /**
     * Reads {@code json}; a document that is not JSON gives the one key
     * {@code prefix + "(not JSON)"}.
     */
    static Map<String, String> read(String prefix, String json) {
        Map<String, String> members = new TreeMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    members.put(prefix + parser.getParsingContext().pathAsPointer(), parser.getText());
                }
            }
        } catch (IOException e) {
            return Map.of(prefix + "(not JSON)", json);
        }
        return members;
    }
}
