package zipkin.ee.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.TestServers;

/**
 * A server that speaks like a service of AWS, and programs beside it, run from their sources with
 * jars that the build fetches.
 */
abstract class AwsStandIn extends RestartableServer {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String name;
    private final String prefix;
    private final String version;

    /**
     * @param name of the folder in src/test/servers
     * @param prefix of operations
     * @param version of the JSON protocol
     */
    AwsStandIn(String name, String prefix, String version) {
        super(name, ServerProcess.freePort());
        this.name = name;
        this.prefix = prefix;
        this.version = version;
    }

    @Override
    protected final void connect() throws Exception {
        call(emptyQuestion(), "{}");
    }

    /** An operation without arguments. */
    abstract String emptyQuestion();

    /** The command that runs a source of the folder. */
    final List<String> java(String source, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                TestServers.classPath(name),
                TestServers.source(name, source).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a source of the folder to its end. */
    final void runJava(String source, String... arguments) {
        Programs.run(folder(), Duration.ofSeconds(60), java(source, arguments));
    }

    public final URI endpoint() {
        return URI.create("http://" + host() + ":" + port() + "/");
    }

    final String request(String operation, String json) {
        try {
            return call(operation, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String call(String operation, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "application/x-amz-json-" + version)
                .header("X-Amz-Target", prefix + "." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/any/aws4_request, "
                                + "SignedHeaders=host, Signature=0")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(operation + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    static String field(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\"\\s*:\\s*\"?([^\",}]*).*", "$1");
    }
}
