package zipkin.ee.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/** Asks a service of AWS by HTTP. Thread safe; calls block. */
public final class AwsApi implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private final int maxAnswerBytes;
    private final Set<ExecutableHttpRequest> running = ConcurrentHashMap.newKeySet();

    private final RequestSigner signer;
    private final SdkHttpClient client;

    /**
     * @param timeout of connecting, and of each wait for an answer
     */
    public AwsApi(RequestSigner signer, Duration timeout) {
        this(signer, timeout, MAX_ANSWER_BYTES);
    }

    /**
     * The same with another bound of answers.
     *
     * @param maxAnswerBytes beyond which an answer is cut
     */
    public AwsApi(RequestSigner signer, Duration timeout, int maxAnswerBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        this.signer = signer;
        this.client = UrlConnectionHttpClient.builder()
                .connectionTimeout(timeout)
                .socketTimeout(timeout)
                .build();
    }

    /**
     * An answer.
     *
     * @param body as UTF-8, up to a bound
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
        return exchange(uri, signer.signed("GET", uri, new byte[0]).request(), null);
    }

    /**
     * Calls an operation of a service that speaks AWS's JSON protocol.
     *
     * @param operation with its prefix, such as {@code AmazonSQS.ReceiveMessage}
     * @param version of the protocol: 1.0, 1.1
     */
    Answer call(URI uri, String operation, String version, byte[] json) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri)
                .putHeader("Content-Type", "application/x-amz-json-" + version)
                .putHeader("X-Amz-Target", operation)
                .putHeader("Content-Length", Integer.toString(json.length))
                .build();
        return exchange(uri, signer.signed(request, json).request(), json);
    }

    private Answer exchange(URI uri, SdkHttpRequest signed, byte @Nullable [] body) {
        HttpExecuteRequest.Builder request = HttpExecuteRequest.builder().request(signed);
        if (body != null) {
            request.contentStreamProvider(ContentStreamProvider.fromByteArray(body));
        }
        ExecutableHttpRequest call = client.prepareRequest(request.build());
        running.add(call);
        try {
            HttpExecuteResponse response = call.call();
            byte[] content = new byte[0];
            if (response.responseBody().isPresent()) {
                try (InputStream stream = response.responseBody().get()) {
                    content = stream.readNBytes(maxAnswerBytes);
                }
            }
            return new Answer(response.httpResponse().statusCode(), new String(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AwsException(uri.getHost() + " does not answer: " + e.getMessage(), e);
        } finally {
            running.remove(call);
        }
    }

    /** Ends calls that wait for an answer. */
    public void abort() {
        running.forEach(Abortable::abort);
    }

    @Override
    public void close() {
        client.close();
    }
}
