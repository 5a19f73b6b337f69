package zipkin.ee.differential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a server sent back.
 *
 * @param headers names in lower case; repeated ones joined by {@code ", "}
 * @param body without its transfer encoding, still in its content encoding
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its views only
record Answer(int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The body as text, inflated where the server compressed it. */
    String text() {
        return new String(inflated(), StandardCharsets.UTF_8);
    }

    private byte[] inflated() {
        try {
            return switch (header("content-encoding")) {
                case "gzip" -> read(new GZIPInputStream(new ByteArrayInputStream(body)));
                case "deflate" -> read(new InflaterInputStream(new ByteArrayInputStream(body)));
                default -> body;
            };
        } catch (IOException e) {
            return ("not in " + header("content-encoding") + ": " + e).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] read(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }
}
