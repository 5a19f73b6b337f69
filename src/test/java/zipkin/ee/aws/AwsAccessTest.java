package zipkin.ee.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.model.StsException;
import zipkin.ee.testing.aws.SignatureCheck;

/**
 * SQS and STS are HTTP servers of the JDK that answer like Amazon's reference says, and check
 * signatures.
 */
class AwsAccessTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/zip+kin";
    private static final String QUEUE = "https://sqs.test/1/spans";

    private final List<String> roleRequests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<@Nullable String> sessionTokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch received = new CountDownLatch(1);
    private volatile Instant expiration = Instant.now().plus(Duration.ofHours(1));
    private volatile int roleStatus = 200;
    private volatile int sqsStatus = 200;
    private volatile String sqsAnswer = "{\"Messages\":[]}";
    private volatile boolean sqsHangs;
    private HttpServer sts;
    private HttpServer sqs;

    @BeforeEach
    void start() throws IOException {
        SignatureCheck check = new SignatureCheck("own", "own secret", "eu-west-1", "sts");
        sts = server();
        sts.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String problem = check.problem(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    name -> String.valueOf(exchange.getRequestHeaders().getFirst(name))
                            .replace("null", ""),
                    body);
            roleRequests.add(new String(body, UTF_8) + problem);
            respond(exchange, roleStatus, roleAnswer());
        });
        sqs = server();
        sqs.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            sessionTokens.add(exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
            received.countDown();
            if (!sqsHangs) {
                respond(exchange, sqsStatus, sqsAnswer);
            }
        });
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static void respond(com.sun.net.httpserver.HttpExchange exchange, int status, String text)
            throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @AfterEach
    void stop() {
        sts.stop(0);
        sqs.stop(0);
    }

    private String roleAnswer() {
        return roleStatus == 200
                ? "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>role key "
                        + roleRequests.size()
                        + "</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>a&amp;b</SessionToken><Expiration>"
                        + expiration + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
                : "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not for "
                        + "you</Message></Error></ErrorResponse>";
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private AwsAccess access(String role, int maxAnswerBytes) {
        AwsAccessSettings settings =
                new AwsAccessSettings(new AwsCredentialSettings("own", "own secret"), "us-east-1", role, "eu-west-1");
        return new AwsAccess(settings, uri(sts), Duration.ofSeconds(30), maxAnswerBytes);
    }

    private SqsClient client(AwsAccess access) {
        return access.open(SqsClient.builder(), uri(sqs));
    }

    private static void receive(SqsClient client) {
        client.receiveMessage(request -> request.queueUrl(QUEUE));
    }

    @Test
    void requests_areSignedByTheRole_whichIsRequestedOnce() {
        try (AwsAccess access = access(ROLE, 1000)) {
            SqsClient client = client(access);
            receive(client);
            receive(client);

            assertThat(authorizations).hasSize(2).allMatch(text -> text.contains("Credential=role key 1/"));
            assertThat(authorizations).allMatch(text -> text.contains("/us-east-1/sqs/"));
            assertThat(sessionTokens).containsOnly("a&b");
            assertThat(roleRequests)
                    .containsExactly("Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012"
                            + "%3Arole%2Fzip%2Bkin&RoleSessionName=zipkin");
        }
    }

    @Test
    void roleThatIsAboutToEnd_isRequestedAgain() {
        expiration = Instant.now().plusSeconds(30);
        try (AwsAccess access = access(ROLE, 1000)) {
            SqsClient client = client(access);
            receive(client);
            receive(client);
            assertThat(authorizations.get(1)).contains("Credential=role key 2/");
        }
    }

    @Test
    void roleThatIsRefused_isReported() {
        roleStatus = 403;
        try (AwsAccess access = access(ROLE, 1000)) {
            assertThatThrownBy(() -> receive(client(access)))
                    .isInstanceOf(StsException.class)
                    .hasMessageContaining("not for you")
                    .hasMessageContaining("403");
            assertThat(authorizations).isEmpty();
        }
    }

    @Test
    void serviceThatFails_isTriedThreeTimes() {
        sqsStatus = 500;
        try (AwsAccess access = access("", 1000)) {
            assertThatThrownBy(() -> receive(client(access))).isInstanceOf(SdkException.class);
            assertThat(authorizations).hasSize(3).allMatch(text -> text.contains("Credential=own/"));
        }
    }

    @Test
    void answerBeyondTheBound_isAnError() {
        sqsAnswer = "{\"Messages\":[]," + " ".repeat(2000) + "\"x\":1}";
        try (AwsAccess access = access("", 1000)) {
            assertThatThrownBy(() -> receive(client(access)))
                    .isInstanceOf(SdkClientException.class)
                    .hasStackTraceContaining("The answer is longer than 1000 bytes");
        }
    }

    @Test
    void requestThatWaits_endsWhenItIsAborted_andIsNotRetried() throws Exception {
        sqsHangs = true;
        try (AwsAccess access = access("", 1000)) {
            CompletableFuture<@Nullable Throwable> failure = receiveBeside(client(access));
            assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
            access.abort();
            assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(AbortedException.class);
        }
    }

    /** The JDK's connection may connect again when it is ended before it waits for the answer. */
    @Test
    void requestOfAnyAge_endsWhenItIsAborted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AwsAccess access = access("", 1000)) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            SqsClient client = access.open(SqsClient.builder(), uri);
            for (int micros = 0; micros < 4000; micros += 100) {
                CompletableFuture<@Nullable Throwable> failure = receiveBeside(client);
                try (Socket accepted = silent.accept()) {
                    TimeUnit.MICROSECONDS.sleep(micros);
                    access.abort();
                    assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(AbortedException.class);
                    assertThat(accepted.isBound()).isTrue();
                }
                takeOverdue(silent);
            }
        }
    }

    /** Takes what connected again before it was ended, which the next turn must not meet. */
    private static void takeOverdue(ServerSocket silent) throws IOException {
        silent.setSoTimeout(1);
        try {
            while (true) {
                silent.accept().close();
            }
        } catch (SocketTimeoutException e) {
            silent.setSoTimeout(0);
        }
    }

    private static CompletableFuture<@Nullable Throwable> receiveBeside(SqsClient client) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                receive(client);
                return null;
            } catch (SdkException e) {
                return e;
            }
        });
    }
}
