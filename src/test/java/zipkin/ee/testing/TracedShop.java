package zipkin.ee.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the two programs of {@link ShopProgram}, with OpenTelemetry's Java agent at its defaults.
 * Closing it lets the agent send what it has.
 */
public final class TracedShop extends RestartableServer {
    private static final int FLUSH_LIMIT_SECONDS = 30;

    private final Map<String, String> environment;
    private final @Nullable TracedShop stock;

    private TracedShop(String service, Map<String, String> exporter, @Nullable TracedShop stock) {
        super("shop-" + service, ServerProcess.freePort());
        this.environment = ZipkinEeServer.with(exporter, Map.of("OTEL_SERVICE_NAME", service));
        this.stock = stock;
    }

    /**
     * Starts the stock, each of whose answers is 500, and waits until it listens.
     *
     * @param exporter where the agent sends to, as variables of its environment
     */
    public static TracedShop startStock(String service, Map<String, String> exporter) {
        return started(new TracedShop(service, exporter, null));
    }

    /** Starts the frontend, which asks a stock, and waits until it listens. */
    public static TracedShop startFrontend(String service, Map<String, String> exporter, TracedShop stock) {
        return started(new TracedShop(service, exporter, stock));
    }

    private static TracedShop started(TracedShop shop) {
        shop.launch();
        return shop;
    }

    /** Orders at the frontend: a trace of its own. */
    public void order() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/order"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("GET /order: " + status + "\n" + log());
            }
        } catch (IOException e) {
            throw new IllegalStateException(log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-javaagent:" + TestServers.file("opentelemetry-agent"),
                "-cp",
                testClasses().toString(),
                ShopProgram.class.getName(),
                Integer.toString(port())));
        if (stock != null) {
            command.add(Integer.toString(stock.port()));
        }
        return command;
    }

    private static Path testClasses() {
        try {
            return Path.of(ShopProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Map<String, String> environment() {
        return environment;
    }

    @Override
    protected void connect() throws Exception {
        new Socket(host(), port()).close();
    }

    @Override
    protected void leave(Process running) {
        running.destroy();
        try {
            running.waitFor(FLUSH_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
