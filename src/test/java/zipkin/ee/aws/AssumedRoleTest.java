package zipkin.ee.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.AwsAccessSettings;
import zipkin.ee.config.AwsCredentialSettings;
import zipkin.ee.testing.aws.SignatureCheck;

/**
 * STS is an HTTP server of the JDK that answers as its API's reference says, and looks at
 * signatures.
 */
class AssumedRoleTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/zip kin".replace(' ', '+');

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private volatile Instant expiration = Instant.now().plus(Duration.ofHours(1));
    private volatile int status = 200;
    private HttpServer sts;

    @BeforeEach
    void start() throws IOException {
        sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SignatureCheck check = new SignatureCheck("own", "own secret", "eu-west-1", "sts");
        sts.createContext("/", exchange -> {
            String problem = check.problem(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    name -> String.valueOf(exchange.getRequestHeaders().getFirst(name))
                            .replace("null", ""),
                    new byte[0]);
            queries.add(exchange.getRequestURI().getRawQuery() + problem);
            byte[] answer = answer().getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        sts.start();
    }

    @AfterEach
    void stop() {
        sts.stop(0);
    }

    private String answer() {
        return status == 200
                ? "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>role key "
                        + queries.size()
                        + "</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>a&amp;b</SessionToken><Expiration>"
                        + expiration + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
                : "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not for "
                        + "you</Message></Error></ErrorResponse>";
    }

    private RequestSigner signer() {
        AwsAccessSettings access =
                new AwsAccessSettings(new AwsCredentialSettings("own", "own secret"), "us-east-1", ROLE, "eu-west-1");
        return RequestSigner.of(
                "sqs", access, URI.create("http://127.0.0.1:" + sts.getAddress().getPort() + "/"));
    }

    private static Map<String, List<String>> sign(RequestSigner signer) {
        return signer.sign("GET", URI.create("http://sqs.test/"), new byte[0]);
    }

    private static String authorization(Map<String, List<String>> headers) {
        return String.join("", headers.getOrDefault("Authorization", List.of()));
    }

    @Test
    void requests_areSignedByTheRole_whichIsAskedForOnce() {
        try (RequestSigner signer = signer()) {
            Map<String, List<String>> headers = sign(signer);
            sign(signer);

            assertThat(authorization(headers)).contains("Credential=role key 1/", "/us-east-1/sqs/");
            assertThat(headers.get("X-Amz-Security-Token")).containsExactly("a&b");
            assertThat(queries)
                    .singleElement()
                    .asString()
                    .hasSize(120)
                    .contains(
                            "Action=AssumeRole",
                            "Version=2011-06-15",
                            "RoleSessionName=zipkin",
                            "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fzip%2Bkin");
        }
    }

    @Test
    void roleThatIsAboutToEnd_isAskedForAgain() {
        expiration = Instant.now().plusSeconds(30);
        try (RequestSigner signer = signer()) {
            sign(signer);
            assertThat(authorization(sign(signer))).contains("Credential=role key 2/");
        }
    }

    @Test
    void roleThatIsRefused_isTold() {
        status = 403;
        try (RequestSigner signer = signer()) {
            assertThatThrownBy(() -> sign(signer))
                    .isInstanceOf(AwsException.class)
                    .hasMessage("The role " + ROLE + " is not given: 403 AccessDenied not for you");
        }
    }
}
