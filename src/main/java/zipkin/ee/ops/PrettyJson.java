package zipkin.ee.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON with Jackson's default indentation, as the reference's operations endpoints send it byte for
 * byte.
 */
final class PrettyJson {
    static final String ACTUATOR = "application/vnd.spring-boot.actuator.v2+json;charset=utf-8";
    static final String JSON_UTF_8 = "application/json; charset=utf-8";

    private static final JsonFactory JSON = new JsonFactory();

    private PrettyJson() {}

    /** Writes to a generator. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static byte[] of(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
