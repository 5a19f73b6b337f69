package zipkin.ee.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Opens synchronous clients of Amazon's services by the settings of one transport. They share
 * credentials and an HTTP client, start no threads, and try a request three times at most. Thread
 * safe.
 */
public final class AwsAccess implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(1);

    private final AwsAccessSettings settings;
    private final @Nullable URI sts;
    private final BoundedHttpClient http;
    private final Queue<SdkAutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private @Nullable AwsCredentialsProvider credentials;

    /**
     * Opens nothing yet.
     *
     * @param sts the endpoint that roles are requested from; null for Amazon's own
     * @param timeout for connecting, and for each wait for a part of an answer
     * @param maxAnswerBytes a longer answer is an error
     */
    public AwsAccess(AwsAccessSettings settings, @Nullable URI sts, Duration timeout, int maxAnswerBytes) {
        this.settings = settings;
        this.sts = sts;
        this.http = new BoundedHttpClient(timeout, maxAnswerBytes);
    }

    /**
     * Opens a client; may wait for instance metadata to name the region.
     *
     * @param endpoint null for the one that the SDK's rules give for the region
     * @throws software.amazon.awssdk.core.exception.SdkClientException when no region is set and
     *     none is found
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C open(
            B builder, @Nullable URI endpoint) {
        return open(builder, credentials(), settings.region(), endpoint);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C open(
            B builder, AwsCredentialsProvider by, @Nullable String region, @Nullable URI endpoint) {
        builder.credentialsProvider(by).httpClient(http).overrideConfiguration(retries());
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        C client = builder.build();
        opened.add(client);
        return client;
    }

    private static ClientOverrideConfiguration retries() {
        BackoffStrategy backOff = BackoffStrategy.exponentialDelay(FIRST_BACK_OFF, MAX_BACK_OFF);
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(MAX_ATTEMPTS)
                        .backoffStrategy(backOff)
                        .throttlingBackoffStrategy(backOff)
                        .build())
                .build();
    }

    private synchronized AwsCredentialsProvider credentials() {
        AwsCredentialsProvider known = credentials;
        if (known == null) {
            known = settings.roleArn().isEmpty() ? own() : role(own());
            credentials = known;
        }
        return known;
    }

    private AwsCredentialsProvider own() {
        AwsCredentialSettings key = settings.key();
        if (key != null) {
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        }
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        opened.add(chain);
        return chain;
    }

    private AwsCredentialsProvider role(AwsCredentialsProvider own) {
        StsAssumeRoleCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(open(StsClient.builder(), own, settings.stsRegion(), sts))
                .refreshRequest(request -> request.roleArn(settings.roleArn()).roleSessionName("zipkin"))
                .build();
        opened.add(role);
        return role;
    }

    /** Ends requests that wait for an answer now; they are not retried. */
    public void abort() {
        http.abort();
    }

    @Override
    public void close() {
        opened.forEach(SdkAutoCloseable::close);
        http.close();
    }
}
