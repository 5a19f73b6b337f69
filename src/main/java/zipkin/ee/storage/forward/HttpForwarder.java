package zipkin.ee.storage.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.config.HttpForwarderSettings;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Posts spans to another Zipkin server, compressed. What it refuses as too large is halved; 408, 429 and all of 500 and above may be tried again, another refusal may not.
 */
final class HttpForwarder extends Forwarder {
    private static final int MAX_REASON_BYTES = 500;

    private final HttpForwarderSettings settings;
    private final SpanBytesEncoder encoder;

    HttpForwarder(HttpForwarderSettings settings) {
        super("http-forwarder");
        this.settings = settings;
        this.encoder = settings.proto3() ? SpanBytesEncoder.PROTO3 : SpanBytesEncoder.JSON_V2;
    }

    @Override
    void send(List<Span> spans) {
        int status;
        String reason;
        try {
            HttpURLConnection connection = post(gzip(encoder.encodeList(spans)));
            status = connection.getResponseCode();
            reason = content(connection, status);
        } catch (IOException e) {
            throw new StorageUnavailableException(settings.endpoint() + " does not answer: " + e.getMessage(), e);
        }
        if (status / 100 == 2) {
            return;
        }
        if (status == HttpURLConnection.HTTP_ENTITY_TOO_LARGE && spans.size() > 1) {
            send(spans.subList(0, spans.size() / 2));
            send(spans.subList(spans.size() / 2, spans.size()));
            return;
        }
        String answer = settings.endpoint() + " answered " + status + (reason.isEmpty() ? "" : ": " + reason);
        if (isTemporary(status)) {
            throw new StorageUnavailableException(answer, null);
        }
        throw new MalformedSpansException(answer);
    }

    private static boolean isTemporary(int status) {
        // A redirect, a lock or a missing path are for the administrator to mend, not the spans' fault.
        return status >= 500
                || (status != HttpURLConnection.HTTP_BAD_REQUEST && status != HttpURLConnection.HTTP_ENTITY_TOO_LARGE);
    }

    private HttpURLConnection post(byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) settings.endpoint().toURL().openConnection();
        int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty(
                "Content-Type", settings.proto3() ? "application/x-protobuf" : "application/json");
        connection.setRequestProperty("Content-Encoding", "gzip");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection;
    }

    /** Reads all of it, so that the connection can be used again. */
    private static String content(HttpURLConnection connection, int status) throws IOException {
        @Nullable InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (stream == null) {
            return "";
        }
        try (stream) {
            String first = new String(stream.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8);
            stream.skip(Long.MAX_VALUE);
            return first.strip();
        }
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "HttpForwarder{" + settings.endpoint() + "}";
    }
}
