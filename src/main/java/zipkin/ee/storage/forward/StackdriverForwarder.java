package zipkin.ee.storage.forward;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.http.client.Http;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;

/**
 * Writes spans to Google Cloud Trace by its v2 API in JSON. When a token is refused, the request is
 * sent once more with a new one.
 */
final class StackdriverForwarder extends Forwarder {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final StackdriverSettings settings;
    private final GoogleToken tokens;
    private final URI uri;

    StackdriverForwarder(StackdriverSettings settings) {
        super("stackdriver");
        this.settings = settings;
        this.tokens = new GoogleToken(settings);
        this.uri = settings.api().resolve("/v2/projects/" + settings.projectId() + "/traces:batchWrite");
    }

    @Override
    void send(List<Span> spans) {
        byte[] request = CloudTraceRequest.of(settings.projectId(), spans);
        Http.Answer answer;
        try {
            answer = post(request);
            if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                tokens.forget();
                answer = post(request);
            }
        } catch (IOException e) {
            throw new StorageUnavailableException("Cannot write to Google Cloud Trace: " + e.getMessage(), e);
        }
        if (answer.status() == HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new MalformedSpansException("Google Cloud Trace refuses the spans: " + answer.reason());
        }
        if (answer.status() != HttpURLConnection.HTTP_OK) {
            throw new StorageUnavailableException(
                    "Google Cloud Trace answered " + answer.status() + ": " + answer.reason(), null);
        }
    }

    private Http.Answer post(byte[] request) throws IOException {
        return Http.send(
                "POST",
                uri,
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + tokens.get()),
                request,
                TIMEOUT);
    }

    @Override
    public String toString() {
        return "Stackdriver{" + settings.projectId() + "}";
    }
}
