package zipkin.ee.testing.broker;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;

/**
 * The journal of the HTTP intake, as a client of the intake sees it: taken when the answer is 202.
 */
public final class HttpJournal implements ServersOwnBroker {
    private volatile @Nullable ZipkinHttp zipkin;

    @Override
    public String label() {
        return "http";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("COLLECTOR_HTTP_JOURNAL", "jms");
    }

    @Override
    public void serverStarted(ZipkinEeServer server) {
        zipkin = new ZipkinHttp(server.uri());
    }

    @Override
    public void send(byte[] message) {
        HttpResponse<String> answer = Objects.requireNonNull(zipkin).post("/api/v2/spans", "application/json", message);
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("answered " + answer.statusCode());
        }
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return List.of();
    }

    @Override
    public Broker otlp() {
        throw new UnsupportedOperationException("OTLP has a path of its own");
    }

    @Override
    public void close() {}
}
