package zipkin.ee.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request at a time on the caller's thread, by the JDK's client, which keeps connections and
 * has no threads.
 */
public final class Http {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private Http() {}

    /**
     * An answer.
     *
     * @param content its first 64 KiB
     * @param retryAfter the header of that name; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // answers are not compared
    public record Answer(
            int status, byte[] content, @Nullable String retryAfter) {
        public String body() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** The first words of the body. */
        public String reason() {
            String body = body();
            return body.substring(0, Math.min(500, body.length())).strip();
        }
    }

    /**
     * Sends a request and reads all of the answer; a redirect is an answer.
     *
     * @param body null for none
     * @param timeout of connecting, and of each wait for an answer
     * @throws IOException without an answer
     */
    public static Answer send(
            String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        int timeoutMillis = Math.toIntExact(timeout.toMillis());
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestMethod(method);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        return new Answer(status, content(connection, status), connection.getHeaderField("Retry-After"));
    }

    /** Reads all of it, so that the connection can be used again. */
    private static byte[] content(HttpURLConnection connection, int status) throws IOException {
        @Nullable InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (stream == null) {
            return new byte[0];
        }
        try (stream) {
            byte[] first = stream.readNBytes(MAX_ANSWER_BYTES);
            stream.skip(Long.MAX_VALUE);
            return first;
        }
    }
}
