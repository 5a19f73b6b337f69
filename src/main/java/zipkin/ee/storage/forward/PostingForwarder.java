package zipkin.ee.storage.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.http.client.Http;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;

/**
 * Posts spans to another server and waits for its answer. A list that is too large is halved. Only
 * 400 and 413 are the fault of the spans; after any other error they can be sent again. A server
 * that asks for a pause by Retry-After gets it. Redirects are not followed.
 */
abstract class PostingForwarder extends Forwarder {
    private final Target target;
    private final ForwardingPath path;
    private final RetryAfter pause = new RetryAfter();

    /**
     * Where and how messages are posted.
     *
     * @param headers of each, without those of compression
     * @param timeout of connecting, and of each wait for an answer
     * @param maxMessageBytes before compression, unless one span has more
     */
    record Target(URI endpoint, Map<String, String> headers, boolean gzip, Duration timeout, int maxMessageBytes) {}

    PostingForwarder(String type, Target target, ForwardingPath path) {
        super(type);
        this.target = target;
        this.path = path;
    }

    abstract byte[] encode(List<Span> spans);

    /** Gets the answer to a message that was taken. */
    void taken(Http.Answer answer) {}

    /** The reason in the answer to a message that was refused. */
    String reason(Http.Answer answer) {
        return answer.reason();
    }

    @Override
    final void send(List<Span> spans) {
        byte[] message = encode(spans);
        if (message.length > target.maxMessageBytes && spans.size() > 1) {
            sendHalves(spans);
            return;
        }
        Http.Answer answer = post(message);
        int status = answer.status();
        if (status / 100 == 2) {
            taken(answer);
        } else if (status == HttpURLConnection.HTTP_ENTITY_TOO_LARGE && spans.size() > 1) {
            sendHalves(spans);
        } else {
            throw refused(status, target.endpoint + " answered " + status + ": " + reason(answer));
        }
    }

    private void sendHalves(List<Span> spans) {
        send(spans.subList(0, spans.size() / 2));
        send(spans.subList(spans.size() / 2, spans.size()));
    }

    private Http.Answer post(byte[] message) {
        pause.requireOver(target.endpoint);
        Map<String, String> headers = new LinkedHashMap<>(target.headers);
        headers.put(ForwardingPath.HEADER, path.header());
        if (target.gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        Http.Answer answer;
        try {
            answer = Http.send("POST", target.endpoint, headers, target.gzip ? gzip(message) : message, target.timeout);
        } catch (IOException e) {
            throw new StorageUnavailableException(target.endpoint + " does not answer: " + e.getMessage(), e);
        }
        pause.note(answer);
        return answer;
    }

    private static RuntimeException refused(int status, String answer) {
        // A redirect, a 401 or a missing path is a fault of the settings, not of the spans.
        boolean isFaultOfSpans =
                status == HttpURLConnection.HTTP_BAD_REQUEST || status == HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
        return isFaultOfSpans ? new MalformedSpansException(answer) : new StorageUnavailableException(answer, null);
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

    /** The type and the endpoint, for health and logs. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "{" + target.endpoint + "}";
    }
}
