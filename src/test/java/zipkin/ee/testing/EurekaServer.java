package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Spring Cloud's Eureka server, which keeps its registry in memory. */
public final class EurekaServer extends RestartableServer {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private EurekaServer() {
        super("eureka", ServerProcess.freePort());
    }

    /** Starts it and waits until it answers. */
    public static EurekaServer start() {
        EurekaServer server = new EurekaServer();
        server.launch();
        return server;
    }

    @Override
    protected List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-cp",
                TestServers.classPath("eureka"),
                TestServers.source("eureka", "Eureka.java").toString(),
                Integer.toString(port()));
    }

    @Override
    protected void connect() throws Exception {
        if (get("/apps").statusCode() != 200) {
            throw new IOException("not ready");
        }
    }

    /** As EUREKA_SERVICE_URL. */
    public String url() {
        return "http://" + host() + ":" + port() + "/eureka";
    }

    /** The instances of an application, in JSON; empty for none. */
    public String app(String name) {
        try {
            HttpResponse<String> answer = get("/apps/" + name);
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Accept", "application/json")
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
