package zipkin.ee.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/** Asks the control plane of a service of AWS, now and then. Thread safe; calls block. */
public final class AwsApi implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private final RequestSigner signer;
    private final SdkHttpClient client;

    /**
     * @param timeout of connecting, and of each wait for an answer
     */
    public AwsApi(RequestSigner signer, Duration timeout) {
        this.signer = signer;
        this.client = UrlConnectionHttpClient.builder()
                .connectionTimeout(timeout)
                .socketTimeout(timeout)
                .build();
    }

    /**
     * An answer.
     *
     * @param body its first MiB, as UTF-8
     */
    public record Answer(int status, String body) {}

    /** Where the service is in the signer's region, by AWS's own table. */
    public URI endpoint(String service) {
        return URI.create("https://" + ServiceMetadata.of(service).endpointFor(Region.of(signer.region())));
    }

    /**
     * Asks, signed.
     *
     * @throws AwsException without credentials, region or answer
     */
    public Answer get(URI uri) {
        SignedRequest signed = signer.signed("GET", uri, new byte[0]);
        try {
            HttpExecuteResponse response = client.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .build())
                    .call();
            byte[] body = new byte[0];
            if (response.responseBody().isPresent()) {
                try (InputStream stream = response.responseBody().get()) {
                    body = stream.readNBytes(MAX_ANSWER_BYTES);
                }
            }
            return new Answer(response.httpResponse().statusCode(), new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AwsException(uri.getHost() + " does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
