package zipkin.ee.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with one script, on a free port of 127.0.0.1. */
final class PageServer implements AutoCloseable {
    private static final byte[] PAGE = """
            <!doctype html>
            <link rel="icon" href="data:,">
            <body><script src="/script.js"></script></body>
            """.getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final Path script;

    PageServer(Path script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its origin by one of the names of this machine: 127.0.0.1 or localhost. */
    String origin(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isScript = exchange.getRequestURI().getPath().equals("/script.js");
            byte[] body = isScript ? Files.readAllBytes(script) : PAGE;
            exchange.getResponseHeaders().set("Content-Type", isScript ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
