package zipkin.ee.storage.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.config.HttpForwarderSettings;
import zipkin.ee.http.client.Http;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Posts spans to another Zipkin server, compressed. A list that is too large for it is halved. Only
 * 400 and 413 are the fault of the spans; after any other error they can be sent again.
 */
final class HttpForwarder extends Forwarder {
    private final HttpForwarderSettings settings;
    private final SpanBytesEncoder encoder;
    private final Map<String, String> headers;

    HttpForwarder(HttpForwarderSettings settings) {
        super("http-forwarder");
        this.settings = settings;
        this.encoder = settings.proto3() ? SpanBytesEncoder.PROTO3 : SpanBytesEncoder.JSON_V2;
        this.headers = Map.of(
                "Content-Type",
                settings.proto3() ? "application/x-protobuf" : "application/json",
                "Content-Encoding",
                "gzip");
    }

    @Override
    void send(List<Span> spans) {
        Http.Answer answered;
        try {
            answered = Http.send(
                    "POST", settings.endpoint(), headers, gzip(encoder.encodeList(spans)), settings.timeout());
        } catch (IOException e) {
            throw new StorageUnavailableException(settings.endpoint() + " does not answer: " + e.getMessage(), e);
        }
        int status = answered.status();
        if (status / 100 == 2) {
            return;
        }
        if (status == HttpURLConnection.HTTP_ENTITY_TOO_LARGE && spans.size() > 1) {
            send(spans.subList(0, spans.size() / 2));
            send(spans.subList(spans.size() / 2, spans.size()));
            return;
        }
        String answer = settings.endpoint() + " answered " + status + ": " + answered.reason();
        if (isTemporary(status)) {
            throw new StorageUnavailableException(answer, null);
        }
        throw new MalformedSpansException(answer);
    }

    private static boolean isTemporary(int status) {
        // A redirect, a 401 or a missing path is a fault of the settings, not of the spans.
        return status != HttpURLConnection.HTTP_BAD_REQUEST && status != HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
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
