package zipkin.ee.testing.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;

/** One node of a search engine, a cluster of its own. */
public final class SearchNode extends RestartableServer {
    private final SearchEngine engine;
    private final List<String> settings;
    private final int transportPort = ServerProcess.freePort();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private SearchNode(SearchEngine engine, List<String> settings) {
        super(engine.program(), ServerProcess.freePort());
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * Starts a node and waits until its HTTP interface answers.
     *
     * @param settings of the node, {@code name=value}
     */
    public static SearchNode start(SearchEngine engine, String... settings) {
        SearchNode node = new SearchNode(engine, List.of(settings));
        try {
            Files.createDirectories(node.data().resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.launch();
        return node;
    }

    /** What ES_HOSTS is to be. */
    public String address() {
        return "http://" + host() + ":" + port();
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                engine.java().toString(),
                "-Xms320m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-Dzipkin.server.transport=" + engine.transport(),
                "-Dzipkin.server.source=" + engine.source(),
                "-cp",
                engine.classPath(),
                engine.source().toString(),
                Integer.toString(port()),
                Integer.toString(transportPort),
                data().toAbsolutePath().toString()));
        command.addAll(settings);
        return command;
    }

    @Override
    protected void connect() throws Exception {
        HttpResponse<String> answer = send("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s", "");
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }

    /** The body of an answer, whatever its status. */
    public String request(String method, String path, String body) {
        try {
            return send(method, path, body).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes visible to searches what was written to the indices of {@code prefix}. */
    public void refresh(String prefix) {
        request("POST", "/" + prefix + "-*/_refresh", "");
    }

    /** Deletes all indices of {@code prefix}, not the templates. */
    public void clear(String prefix) {
        request("GET", "/_cat/indices/" + prefix + "-*?h=index&expand_wildcards=all", "")
                .lines()
                .map(String::trim)
                .filter(index -> !index.isEmpty())
                .forEach(index -> request("DELETE", "/" + index, ""));
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
