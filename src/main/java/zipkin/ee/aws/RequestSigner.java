package zipkin.ee.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import zipkin.ee.config.AwsAccessSettings;
import zipkin.ee.config.AwsCredentialSettings;

/**
 * Signs HTTP requests to one service of AWS in one region by Signature Version 4, with the
 * credentials that the SDK's default chain finds and renews. Thread safe; may wait for whoever
 * issues credentials.
 */
public final class RequestSigner implements AutoCloseable {
    private final String service;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private volatile @Nullable String region;

    /**
     * @param service its name in signatures, such as {@code es}
     * @param region null for the one that the SDK's default chain finds, at first use
     */
    public RequestSigner(String service, @Nullable String region) {
        this(service, region, DefaultCredentialsProvider.builder().build());
    }

    /**
     * By settings: with a key of its own instead of what the default chain finds, and in a role.
     *
     * @param sts where the role is asked for; null for where AWS's table says
     */
    public static RequestSigner of(String service, AwsAccessSettings access, @Nullable URI sts) {
        AwsCredentialSettings key = access.key();
        AwsCredentialsProvider own = key == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        return new RequestSigner(
                service,
                access.region(),
                access.roleArn().isEmpty()
                        ? own
                        : new AssumedRole(new RequestSigner("sts", access.stsRegion(), own), access.roleArn(), sts));
    }

    /**
     * With credentials from elsewhere.
     *
     * @param region null for the one that the SDK's default chain finds, at first use
     */
    public RequestSigner(String service, @Nullable String region, AwsCredentialsProvider credentials) {
        this.service = service;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * The headers that make it a signed request, Host among them.
     *
     * @param uri absolute, escaped as it is sent, with its query
     * @param body empty for none
     * @throws AwsException without credentials or region
     */
    public Map<String, List<String>> sign(String method, URI uri, byte[] body) {
        return signed(method, uri, body).request().headers();
    }

    SignedRequest signed(String method, URI uri, byte[] body) {
        return signed(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri(uri)
                        .build(),
                body);
    }

    SignedRequest signed(SdkHttpRequest request, byte[] body) {
        AwsCredentials identity = identity();
        String where = region();
        return signer.sign(signing -> signing.identity(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, where));
    }

    private AwsCredentials identity() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkException e) {
            throw new AwsException("No AWS credentials: " + e.getMessage(), e);
        }
    }

    /**
     * Of the service.
     *
     * @throws AwsException when none was given and none is found
     */
    public String region() {
        String known = region;
        if (known == null) {
            try {
                known = DefaultAwsRegionProviderChain.builder()
                        .build()
                        .getRegion()
                        .id();
            } catch (SdkException e) {
                throw new AwsException("No AWS region, set AWS_REGION: " + e.getMessage(), e);
            }
            region = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
