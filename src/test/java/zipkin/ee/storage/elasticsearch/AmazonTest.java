package zipkin.ee.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.json.Json;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Amazon;
import zipkin.ee.testing.aws.SignatureCheck;
import zipkin.ee.testing.search.FakeCluster;
import zipkin.ee.testing.search.FakeCluster.Answer;
import zipkin.ee.testing.search.FakeCluster.Received;
import zipkin2.Span;

/**
 * A domain of Amazon's service: where it is, and the signatures of requests, which are computed
 * again here.
 */
class AmazonTest {
    private static final String ACCESS_KEY = "AKIDEXAMPLE";
    private static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final SignatureCheck CHECK = new SignatureCheck(ACCESS_KEY, SECRET_KEY, "eu-west-1", "es");
    private static final AwsCredentialsProvider CREDENTIALS = credentials(SECRET_KEY);
    private static final Span SPAN = Span.newBuilder()
            .traceId("1")
            .id("2")
            .timestamp(1_700_000_000_000_000L)
            .name("g\u00e9t *")
            .build();

    private static AwsCredentialsProvider credentials(String secretKey) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(ACCESS_KEY, secretKey, "a/session+token="));
    }

    private static String problem(Received request) {
        return CHECK.problem(
                request.method(),
                URI.create(request.target()),
                request::header,
                request.body().getBytes(StandardCharsets.UTF_8));
    }

    /** As Amazon would: nothing without a signature that is right. */
    private static Answer gate(Received request) {
        String problem = problem(request);
        return problem.isEmpty()
                ? FakeCluster.empty(request)
                : new Answer(403, "{\"message\":" + Json.write(json -> json.writeString(problem)) + "}");
    }

    private static ElasticsearchSettings settings(List<URI> hosts, Amazon amazon) {
        ElasticsearchSettings base = ClusterStorage.settings("http://127.0.0.1:1");
        return new ElasticsearchSettings(
                hosts,
                base.access(),
                amazon,
                base.timeout(),
                base.httpLogging(),
                base.index(),
                base.templates(),
                base.writing(),
                base.maxAnswerBytes(),
                base.maxQuerySpans(),
                Duration.ZERO,
                false);
    }

    private static ElasticsearchStorage open(List<URI> hosts, Amazon amazon) {
        return open(hosts, amazon, CREDENTIALS);
    }

    private static ElasticsearchStorage open(List<URI> hosts, Amazon amazon, AwsCredentialsProvider credentials) {
        ElasticsearchSettings settings = settings(hosts, amazon);
        RequestSigner signer = new RequestSigner("es", amazon.region(), credentials);
        Cluster cluster = new Cluster(
                ClusterClient.open(settings, 4, Executors.defaultThreadFactory(), signer),
                settings.timeout(),
                settings.maxAnswerBytes(),
                AmazonAccess.of(amazon, signer, new Credentials(settings.access(), System::nanoTime), settings),
                new ExchangeLog(settings.httpLogging()),
                settings.place());
        return new ElasticsearchStorage(
                cluster,
                ClusterStorage.STORAGE,
                settings,
                ClusterStorage.LINKS,
                Duration.ofDays(1).toMillis(),
                Clock.systemUTC());
    }

    private static Amazon amazon(@Nullable String domain, @Nullable String api) {
        return new Amazon(domain, "eu-west-1", api == null ? null : URI.create(api));
    }

    @Test
    void requests_areSigned_withPathQueryAndBody() throws Exception {
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                ElasticsearchStorage storage = open(List.of(URI.create(domain.address())), amazon(null, null))) {
            storage.spanConsumer().accept(List.of(SPAN)).execute();
            storage.serviceAndSpanNames().getServiceNames().execute();
            storage.spanStore().getDependencies(1_700_000_000_000L, 86_400_000L).execute();
            assertThat(domain.received()).extracting(AmazonTest::problem).containsOnly("");
            assertThat(domain.received())
                    .extracting(request -> request.header("x-amz-security-token"))
                    .containsOnly("a/session+token=");
            assertThat(domain.received())
                    .extracting(Received::target)
                    .anyMatch(target -> target.contains("*"))
                    .anyMatch(target -> target.contains(",") || target.contains("%2C"))
                    .anyMatch(target -> target.startsWith("/_bulk"));
        }
    }

    @Test
    void wrongCredentials_areToldWithWhatToCheck() throws Exception {
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                ElasticsearchStorage storage =
                        open(List.of(URI.create(domain.address())), amazon(null, null), credentials("another"))) {
            assertThatThrownBy(storage::open)
                    .isInstanceOf(UnusableStorageException.class)
                    .hasMessageContaining("another signature is right")
                    .hasMessageEndingWith(
                            "Check the AWS credentials, their right es:ESHttp*, and the domain's access policy.");
        }
    }

    @Test
    void domain_isLookedUpOnce() throws Exception {
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                FakeCluster api = new FakeCluster(request -> Answer.ok(
                        "{\"DomainStatus\":{\"Endpoint\":\"" + domain.address().replace("http://", "") + "\"}}"));
                ElasticsearchStorage storage =
                        open(List.of(URI.create("http://nowhere:1")), amazon("spans", api.address()))) {
            storage.open();
            storage.spanConsumer().accept(List.of(SPAN)).execute();
            assertThat(api.received()).extracting(Received::line).containsExactly("GET /2015-01-01/es/domain/spans");
            assertThat(api.received()).extracting(AmazonTest::problem).containsOnly("");
            assertThat(domain.received()).isNotEmpty();
        }
    }

    @Test
    void domain_inAPrivateNetwork_isWhereItsEndpointThereIs() throws Exception {
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                FakeCluster api = new FakeCluster(request -> Answer.ok("{\"DomainStatus\":{\"Endpoints\":{\"vpc\":\""
                        + domain.address().replace("http://", "") + "\"}}}"));
                ElasticsearchStorage storage =
                        open(List.of(URI.create("http://nowhere:1")), amazon("spans", api.address()))) {
            storage.open();
            assertThat(domain.received()).isNotEmpty();
        }
    }

    @Test
    void domain_thatCantBeLookedUp_isAskedForAgain_onceASecond() {
        AtomicInteger status = new AtomicInteger(403);
        AtomicLong nanos = new AtomicLong();
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                FakeCluster api = new FakeCluster(request -> new Answer(
                        status.get(),
                        status.get() == 200
                                ? "{\"DomainStatus\":{\"Endpoint\":\""
                                        + domain.address().replace("http://", "") + "\"}}"
                                : "{\"Message\":\"User is not authorized\"}"))) {
            ElasticsearchSettings settings = settings(List.of(URI.create("http://nowhere:1")), amazon("spans", null));
            RequestSigner signer = new RequestSigner("es", "eu-west-1", CREDENTIALS);
            AwsDomain location =
                    new AwsDomain(signer, Duration.ofSeconds(5), "spans", URI.create(api.address()), nanos::get);
            Cluster.Access access = new Cluster.Access(
                    location, new Credentials(settings.access(), System::nanoTime), "", signer::close);
            try (Cluster cluster = new Cluster(
                    ClusterClient.open(settings, 4, Executors.defaultThreadFactory(), signer),
                    settings.timeout(),
                    settings.maxAnswerBytes(),
                    access,
                    new ExchangeLog(settings.httpLogging()),
                    settings.place())) {
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> ClusterVersion.of(cluster))
                            .isInstanceOf(ClusterDownException.class)
                            .hasMessageContaining("answered 403 User is not authorized. Check ES_AWS_DOMAIN");
                }
                assertThat(api.received()).hasSize(1);
                status.set(200);
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                assertThat(ClusterVersion.of(cluster).major()).isEqualTo(8);
            }
        }
    }

    @Test
    void withoutCredentials_theClusterIsDown_andTheMessageSaysWhy() throws Exception {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("nothing found");
        };
        try (FakeCluster domain = new FakeCluster(AmazonTest::gate);
                ElasticsearchStorage storage = open(List.of(URI.create(domain.address())), amazon(null, null), none)) {
            assertThatThrownBy(storage::open)
                    .isInstanceOf(ClusterDownException.class)
                    .hasMessageContaining("No AWS credentials: nothing found");
            assertThat(domain.received()).isEmpty();
        }
    }

    @Test
    void settings_knowAmazonsHosts() {
        assertThat(read("ES_HOSTS", "https://search-spans-abc.us-east-1.es.amazonaws.com")
                        .amazon())
                .isEqualTo(new Amazon(null, "us-east-1", null));
        assertThat(read("ES_HOSTS", "https://search-spans-abc.aos.eu-west-1.on.aws:443")
                        .amazon())
                .isEqualTo(new Amazon(null, "eu-west-1", null));
        assertThat(read("ES_HOSTS", "https://vpc-spans.cn-north-1.es.amazonaws.com.cn")
                        .amazon())
                .isEqualTo(new Amazon(null, "cn-north-1", null));
        assertThat(read("ES_HOSTS", "https://search.example.com").amazon()).isNull();
        assertThat(read("ES_AWS_REGION", "eu-west-1").amazon()).isNull();
        assertThat(read("ES_AWS_DOMAIN", "spans").amazon()).isEqualTo(new Amazon("spans", null, null));
        assertThat(read("ES_AWS_DOMAIN", "spans").place()).isEqualTo("Amazon's domain spans, indices zipkin-*");
    }

    @Test
    void settings_withAUser_areNotSigned() {
        ElasticsearchSettings settings = ZipkinSettings.read(Map.of(
                        "ES_HOSTS", "https://a.us-east-1.es.amazonaws.com",
                        "ES_USERNAME", "me",
                        "ES_PASSWORD", "secret")::get)
                .elasticsearch();
        assertThat(settings.isSigned()).isFalse();
        assertThat(read("ES_HOSTS", "https://a.us-east-1.es.amazonaws.com").isSigned())
                .isTrue();
    }

    @Test
    void settings_ofTwoRegions_orOfAmazonAndOthers_areRefused() {
        assertThatThrownBy(() ->
                        read("ES_HOSTS", "https://a.us-east-1.es.amazonaws.com,https://b.us-west-2.es.amazonaws.com"))
                .hasMessageContaining("Amazon's hosts of one region");
        assertThatThrownBy(() -> read("ES_HOSTS", "https://a.us-east-1.es.amazonaws.com,https://b.example.com"))
                .hasMessageContaining("Amazon's hosts of one region");
    }

    private static ElasticsearchSettings read(String name, String value) {
        return ZipkinSettings.read(Map.of(name, value)::get).elasticsearch();
    }
}
