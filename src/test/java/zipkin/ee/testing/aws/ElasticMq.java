package zipkin.ee.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;

/** ElasticMQ in the place of Amazon SQS, which it speaks like. It keeps nothing: a restarted one has no queues. */
public final class ElasticMq extends RestartableServer {
    private static final String SOURCES = "src/test/servers/elasticmq/";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private ElasticMq() {
        super(newFolder(jars()), ServerProcess.freePort());
    }

    /** Starts it and waits until it answers. */
    public static ElasticMq start() {
        ElasticMq server = new ElasticMq();
        server.launch();
        return server;
    }

    private static Path jars() {
        Path jars = ServerProcess.fromBuild("zipkin.servers").resolve("elasticmq");
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(jars + " is missing: mvn pre-integration-test fetches it");
        }
        return jars;
    }

    @Override
    protected List<String> command() {
        return java("ElasticMq.java", Integer.toString(port()));
    }

    private static List<String> java(String source, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                jars().toAbsolutePath() + "/*",
                SOURCES + source));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    protected void connect() throws Exception {
        call("ListQueues", "{}");
    }

    /**
     * Makes a queue.
     *
     * @param attributes in JSON, as CreateQueue has them
     * @return its URL
     */
    public String createQueue(String name, String attributes) {
        return field(
                request("CreateQueue", "{\"QueueName\":\"" + name + "\",\"Attributes\":" + attributes + "}"),
                "QueueUrl");
    }

    /** Sends a message as it is. */
    public void send(String queueUrl, String body) {
        request(
                "SendMessage",
                "{\"QueueUrl\":\"" + queueUrl + "\",\"MessageBody\":\"" + body.replace("\"", "\\\"") + "\"}");
    }

    /** Up to ten messages, as ReceiveMessage gives them, with their attributes. */
    public String receive(String queueUrl) {
        return request(
                "ReceiveMessage",
                "{\"QueueUrl\":\"" + queueUrl
                        + "\",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":0,\"MessageAttributeNames\":[\"All\"]}");
    }

    /** Messages of a queue, waiting and hidden. */
    public int messages(String queueUrl) {
        String answer =
                request("GetQueueAttributes", "{\"QueueUrl\":\"" + queueUrl + "\",\"AttributeNames\":[\"All\"]}");
        return Integer.parseInt(field(answer, "ApproximateNumberOfMessages"))
                + Integer.parseInt(field(answer, "ApproximateNumberOfMessagesNotVisible"));
    }

    /** Has Zipkin's own sender send five spans as one message. */
    public void sendByZipkinsSender(String queueUrl, String traceId, String encoding) {
        try {
            Process sender = new ProcessBuilder(
                            java("SqsSend.java", endpoint().toString(), queueUrl, traceId, encoding))
                    .redirectErrorStream(true)
                    .redirectOutput(folder().resolve("sender.log").toFile())
                    .start();
            if (!sender.waitFor(60, TimeUnit.SECONDS) || sender.exitValue() != 0) {
                sender.destroyForcibly();
                throw new IllegalStateException(Files.readString(folder().resolve("sender.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI endpoint() {
        return URI.create("http://" + host() + ":" + port() + "/");
    }

    private String request(String operation, String json) {
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
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(operation + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String field(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\"\\s*:\\s*\"?([^\",}]*).*", "$1");
    }
}
