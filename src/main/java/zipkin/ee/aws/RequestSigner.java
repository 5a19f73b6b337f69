package zipkin.ee.aws;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Signs HTTP requests to one service of AWS in one region by Signature Version 4, for clients that
 * are not of the SDK. Thread safe; may wait for credentials to be renewed.
 */
public final class RequestSigner implements AutoCloseable {
    private final String service;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private volatile @Nullable String region;

    /**
     * Takes credentials from the SDK's default chain.
     *
     * @param service its name in signatures, such as {@code es}
     * @param region null for the one that the SDK's default chain finds, at first use
     */
    public RequestSigner(String service, @Nullable String region) {
        this(service, region, DefaultCredentialsProvider.builder().build());
    }

    /**
     * @param region null for the one that the SDK's default chain finds, at first use
     */
    public RequestSigner(String service, @Nullable String region, AwsCredentialsProvider credentials) {
        this.service = service;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * The headers of the signed request, Host among them.
     *
     * @param uri absolute, escaped as it is sent, with its query
     * @param body empty for none
     * @throws SdkClientException without credentials or region
     */
    public Map<String, String> sign(String method, URI uri, byte[] body) {
        AwsCredentials identity = identity();
        String where = region();
        Map<String, String> headers = new LinkedHashMap<>();
        signer.sign(signing -> signing.identity(identity)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.fromValue(method))
                                .uri(uri)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, where))
                .request()
                .forEachHeader((name, values) -> headers.put(name, values.get(0)));
        return headers;
    }

    /**
     * The service's own endpoint in the region.
     *
     * @throws SdkClientException without region
     */
    public URI endpoint() {
        return URI.create("https://" + ServiceMetadata.of(service).endpointFor(Region.of(region())));
    }

    private AwsCredentials identity() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw SdkClientException.create("No AWS credentials: " + e.getMessage(), e);
        }
    }

    private String region() {
        String known = region;
        if (known == null) {
            try {
                known = DefaultAwsRegionProviderChain.builder()
                        .build()
                        .getRegion()
                        .id();
            } catch (SdkClientException e) {
                throw SdkClientException.create("No AWS region, set AWS_REGION: " + e.getMessage(), e);
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
