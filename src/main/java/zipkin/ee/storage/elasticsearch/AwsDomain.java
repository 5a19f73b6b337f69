package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Node;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.http.client.Http;
import zipkin.ee.json.Json;
import zipkin.ee.text.SafeLogger;

/**
 * Looks up the endpoint of a domain, by DescribeElasticsearchDomain of Amazon's API 2015-01-01,
 * which knows OpenSearch's domains too. The API is asked until it has answered once, and at most
 * once a second. Thread safe.
 */
final class AwsDomain implements ClusterLocation {
    private static final Logger LOGGER = SafeLogger.of(AwsDomain.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RequestSigner signer;
    private final Duration timeout;
    private final String domain;
    private final @Nullable URI endpoint;
    private final LongSupplier nanos;
    private volatile boolean located;
    private @Nullable ClusterDownException failure;
    private long failureNanos;

    /**
     * @param endpoint the endpoint of the API; null for Amazon's own
     */
    AwsDomain(RequestSigner signer, Duration timeout, String domain, @Nullable URI endpoint, LongSupplier nanos) {
        this.signer = signer;
        this.timeout = timeout;
        this.domain = domain;
        this.endpoint = endpoint;
        this.nanos = nanos;
    }

    @Override
    public void ensure(Rest5Client client) {
        if (!located) {
            locate(client);
        }
    }

    private synchronized void locate(Rest5Client client) {
        if (located) {
            return;
        }
        ClusterDownException last = failure;
        if (last != null && nanos.getAsLong() - failureNanos < PAUSE_NANOS) {
            throw last;
        }
        try {
            HttpHost host = lookUp();
            client.setNodes(List.of(new Node(host)));
            LOGGER.log(Level.INFO, "The domain {0} is at {1}", domain, host.toURI());
            located = true;
        } catch (SdkClientException | IOException e) {
            throw remember(new ClusterDownException(
                    "The endpoint of the domain " + domain + " can't be looked up. " + e.getMessage(), e));
        } catch (ClusterDownException e) {
            throw remember(e);
        }
    }

    private ClusterDownException remember(ClusterDownException failed) {
        failure = failed;
        failureNanos = nanos.getAsLong();
        return failed;
    }

    private HttpHost lookUp() throws IOException {
        URI base = endpoint == null ? signer.endpoint() : endpoint;
        URI uri = base.resolve("/2015-01-01/es/domain/" + domain);
        Http.Answer answer = Http.send("GET", uri, signer.sign("GET", uri, new byte[0]), null, timeout);
        Object tree = tree(answer);
        if (answer.status() != 200) {
            String message =
                    Json.text(tree, "message").isEmpty() ? Json.text(tree, "Message") : Json.text(tree, "message");
            throw new ClusterDownException(
                    "The endpoint of the domain " + domain + " can't be looked up: " + base.getHost() + " answered "
                            + answer.status() + " " + message
                            + ". Check ES_AWS_DOMAIN, ES_AWS_REGION and the right es:DescribeElasticsearchDomain.",
                    null);
        }
        String vpc = Json.text(tree, "DomainStatus", "Endpoints", "vpc");
        String found = vpc.isEmpty() ? Json.text(tree, "DomainStatus", "Endpoint") : vpc;
        if (found.isEmpty()) {
            throw new ClusterDownException("The domain " + domain + " has no endpoint yet", null);
        }
        try {
            return HttpHost.create(String.valueOf(base.getScheme()) + "://" + found);
        } catch (URISyntaxException e) {
            throw new ClusterDownException(
                    "The domain " + domain + " has the endpoint " + found + ", which is not a host name", e);
        }
    }

    private static Object tree(Http.Answer answer) {
        try {
            return Json.tree(answer.body());
        } catch (IOException e) {
            return answer.body();
        }
    }
}
