package zipkin.ee.testing.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An HTTP server that answers as a cluster would, by a function of the test, and writes down what
 * it was sent.
 */
public final class FakeCluster implements AutoCloseable {
    /**
     * One request.
     *
     * @param target path and query string
     * @param authorization the header; empty for none
     * @param headers by lower-case name, the first value of each
     */
    public record Received(
            String method, String target, String authorization, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String line() {
            return method + " " + target;
        }
    }

    /** One answer. */
    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    public static final String VERSION =
            "{\"version\":{\"number\":\"8.19.0\",\"build_flavor\":\"default\"},\"tagline\":\"You Know, for Search\"}";

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Function<Received, Answer> answers;

    public FakeCluster(Function<Received, Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A request that is not answered keeps none of the others.
        server.setExecutor(command -> {
            Thread thread = new Thread(command, "fake-cluster");
            thread.setDaemon(true);
            thread.start();
        });
        server.createContext("/", this::handle);
        server.start();
    }

    /** Of an empty cluster: it has no templates and takes all. */
    public static Answer empty(Received request) {
        if (request.target().equals("/")) {
            return Answer.ok(VERSION);
        }
        if (request.method().equals("GET") && request.target().contains("template")) {
            return new Answer(404, "{}");
        }
        if (request.target().startsWith("/_bulk")) {
            return Answer.ok("{\"errors\":false}");
        }
        return Answer.ok("{}");
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public void forget() {
        received.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Received request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                authorization == null ? "" : authorization,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        received.add(request);
        Answer answer = answers.apply(request);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
