package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/**
 * A node of OpenSearch, {@code src/test/servers/opensearch-2}, with its default settings; each
 * server has indices of its own.
 */
final class OpenSearch implements Database {
    private static final String PROGRAM = "opensearch-2";
    private static final Pattern VERSION = Pattern.compile("\"number\" : \"([^\"]+)\"");
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");
    private static final Pattern BYTES = Pattern.compile("\"size_in_bytes\":(\\d+)");

    private final Program process;
    private final HttpClient client;
    private final String address;
    private final String version;

    private OpenSearch(Program process, HttpClient client, String address, String version) {
        this.process = process;
        this.client = client;
        this.address = address;
        this.version = version;
    }

    static OpenSearch start(Options options) throws IOException {
        Path directory = Program.newDirectory(options, "database-");
        Files.createDirectories(directory.resolve("home/config"));
        int port = FreePort.find();
        Program process = Program.start(
                directory,
                List.of(
                        "java",
                        "-Xms1g",
                        "-Xmx1g",
                        "-cp",
                        TestServers.classPath(PROGRAM),
                        TestServers.source(PROGRAM, "OpenSearch2.java").toString(),
                        Integer.toString(port),
                        Integer.toString(FreePort.find()),
                        directory.resolve("home").toString()));
        HttpClient client = HttpClient.newHttpClient();
        String address = "http://127.0.0.1:" + port;
        String info = process.await(() -> send(client, "GET", address + "/", ""));
        Matcher matcher = VERSION.matcher(info);
        return new OpenSearch(process, client, address, matcher.find() ? matcher.group(1) : "of unknown version");
    }

    private static String send(HttpClient client, String method, String uri, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String send(String method, String path, String body) {
        return send(client, method, address + path, body);
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Override
    public String description() {
        return "OpenSearch " + version;
    }

    @Override
    public Map<String, String> create(String name) {
        return Map.of("STORAGE_TYPE", "elasticsearch", "ES_HOSTS", address, "ES_INDEX", name, "ES_INDEX_REPLICAS", "0");
    }

    @Override
    public @Nullable Sql connect(String name) {
        return null;
    }

    /** Those that searches see, a second at most after they were acknowledged. */
    @Override
    public long spansSince(String name, long millis) {
        return number(
                COUNT,
                send(
                        "POST",
                        "/" + name + "-span-*/_count",
                        "{\"query\":{\"range\":{\"timestamp_millis\":{\"gte\":" + millis + "}}}}"));
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void writeBack(String name) {
        send("POST", "/" + name + "-*/_flush", "");
    }

    @Override
    public long diskBytes(String name) {
        return number(BYTES, send("GET", "/" + name + "-*/_stats/store", ""));
    }

    @Override
    public void close() {
        process.close();
    }
}
