package zipkin.ee.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/**
 * An application that knows nothing of tracing, with the JDK alone, for {@link TracedShop}.
 * Arguments: its port, and for the frontend that of the stock.
 */
final class ShopProgram {
    private static final Logger LOGGER = Logger.getLogger("shop");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** Nothing listens there. */
    private static final int NOWHERE = 1;

    private ShopProgram() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        if (arguments.length > 1) {
            int stock = Integer.parseInt(arguments[1]);
            server.createContext("/order", exchange -> order(exchange, stock));
        } else {
            server.createContext("/stock", exchange -> answer(exchange, 500));
        }
        server.start();
    }

    /** Asks the stock, which fails, and a payment that is not there. */
    private static void order(HttpExchange exchange, int stock) throws IOException {
        LOGGER.info("The stock answered " + get("http://localhost:" + stock + "/stock"));
        try {
            get("http://localhost:" + NOWHERE + "/payment");
        } catch (IOException e) {
            LOGGER.warning("No payment: " + e);
        }
        answer(exchange, 200);
    }

    private static int get(String url) throws IOException {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            byte[] body = "done".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
