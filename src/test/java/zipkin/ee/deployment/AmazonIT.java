package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.aws.SignatureCheck;
import zipkin.ee.testing.search.FakeCluster;
import zipkin.ee.testing.search.FakeCluster.Answer;
import zipkin.ee.testing.search.FakeCluster.Received;
import zipkin2.Span;

/**
 * A domain of Amazon's service as a pod of Kubernetes finds it: its name looked up, credentials by
 * the service account's token. What Amazon runs is simulated, and checks each signature. The SDK's
 * own settings have their names as system properties.
 */
class AmazonIT {
    private static final SignatureCheck CHECK = new SignatureCheck("ASIAPOD", "pod/secret+key", "eu-central-1", "es");

    private static Answer gate(Received request) {
        String problem = CHECK.problem(
                request.method(),
                URI.create(request.target()),
                request::header,
                request.body().getBytes(StandardCharsets.UTF_8));
        return problem.isEmpty() ? FakeCluster.empty(request) : new Answer(403, "{\"message\":\"not signed rightly\"}");
    }

    private static Answer issueCredentials(Received request) {
        boolean known = request.body().contains("Action=AssumeRoleWithWebIdentity")
                && request.body().contains("WebIdentityToken=pod-token");
        if (!known) {
            return new Answer(403, "");
        }
        return Answer.ok("<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAPOD</AccessKeyId>"
                + "<SecretAccessKey>pod/secret+key</SecretAccessKey><SessionToken>pod-session</SessionToken><Expiration>"
                + Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS)
                + "</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>");
    }

    @Test
    void spans_areStoredInADomain_byTheCredentialsOfAServiceAccount(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "pod-token");
        try (FakeCluster sts = new FakeCluster(AmazonIT::issueCredentials);
                FakeCluster domain = new FakeCluster(AmazonIT::gate);
                FakeCluster api = new FakeCluster(
                        request -> request.header("x-amz-security-token").equals("pod-session")
                                ? Answer.ok("{\"DomainStatus\":{\"Endpoint\":\""
                                        + domain.address().replace("http://", "") + "\"}}")
                                : new Answer(403, "{\"message\":\"unknown\"}"));
                LeasedServer lease = LeasedServer.start(Map.of(
                        "STORAGE_TYPE",
                        "elasticsearch",
                        "ES_AWS_DOMAIN",
                        "spans",
                        "ES_AWS_REGION",
                        "eu-central-1",
                        "AWS_ENDPOINT_URL_ELASTICSEARCH_SERVICE",
                        api.address(),
                        "aws.endpointUrlSts",
                        sts.address(),
                        "aws.region",
                        "eu-central-1",
                        "aws.roleArn",
                        "arn:aws:iam::123456789012:role/zipkin",
                        "aws.webIdentityTokenFile",
                        token.toString(),
                        "aws.disableEc2Metadata",
                        "true"))) {
            ZipkinHttp zipkin = lease.http();
            zipkin.report(List.of(Span.newBuilder()
                    .traceId("1")
                    .id("2")
                    .timestamp(System.currentTimeMillis() * 1000)
                    .build()));
            assertThat(domain.received()).anyMatch(request -> request.target().startsWith("/_bulk"));
            assertThat(api.received()).extracting(Received::line).containsExactly("GET /2015-01-01/es/domain/spans");
            assertThat(zipkin.get("/health").statusCode()).isEqualTo(200);
            String log = Await.value(
                    "the start-up screen",
                    lease.server()::log,
                    text -> text.contains("Amazon's domain spans, indices zipkin-*"));
            assertThat(log).doesNotContain("pod/secret").doesNotContain("pod-token");
        }
    }
}
