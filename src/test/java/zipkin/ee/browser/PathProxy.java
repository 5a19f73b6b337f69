package zipkin.ee.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A reverse proxy for GET requests on a free port of 127.0.0.1: serves another server's path as one
 * of its own.
 */
final class PathProxy implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String path;
    private final URI target;

    /**
     * Requests below {@code path} go to the same place below {@code target}; all others are
     * answered 404.
     */
    PathProxy(String path, URI target) {
        this.path = path;
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(path, this::forward);
        server.start();
    }

    String uri(String requestPath) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + requestPath;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            String rest = exchange.getRequestURI().toString().substring(path.length());
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(target + rest)).build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
