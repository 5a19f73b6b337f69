package zipkin.ee.ops;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One result of the checks, as it is answered: 200 and UP, or 503 and DOWN, in the reference's
 * format. Components have the reference's names without the part in braces, which holds hosts.
 */
final class Health {
    private static final Pattern BRACES = Pattern.compile("\\{.*}");

    private final boolean up;
    private final byte[] body;

    private Health(boolean up, byte[] body) {
        this.up = up;
        this.body = body;
    }

    boolean up() {
        return up;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * One component of the answer.
     *
     * @param error reason that anybody may see; null when the component is up
     * @param details further lines by name, which anybody may see
     */
    record Component(String name, @Nullable String error, Map<String, String> details) {
        private void write(JsonGenerator json) throws IOException {
            json.writeObjectFieldStart(BRACES.matcher(name).replaceAll("{}"));
            json.writeStringField("status", status(error == null));
            if (error != null || !details.isEmpty()) {
                json.writeObjectFieldStart("details");
                if (error != null) {
                    json.writeStringField("error", error);
                }
                for (Map.Entry<String, String> detail : details.entrySet()) {
                    json.writeStringField(detail.getKey(), detail.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    static Health of(Iterable<Component> components) {
        boolean up = true;
        for (Component component : components) {
            up &= component.error() == null;
        }
        boolean status = up;
        return new Health(up, PrettyJson.of(json -> {
            begin(json, status);
            for (Component component : components) {
                component.write(json);
            }
        }));
    }

    /** A result for which there was no check: DOWN. */
    static Health unknown(String error) {
        return new Health(false, PrettyJson.of(json -> {
            begin(json, false);
            json.writeStringField("error", error);
        }));
    }

    Response answer(String contentType) {
        return Response.status(up ? 200 : 503).type(contentType).entity(body).build();
    }

    private static void begin(JsonGenerator json, boolean up) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", status(up));
        json.writeObjectFieldStart("zipkin");
        json.writeStringField("status", status(up));
        json.writeObjectFieldStart("details");
    }

    static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
