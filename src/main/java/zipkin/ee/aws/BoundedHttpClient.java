package zipkin.ee.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's HTTP client on the JDK's connections, which has no threads. Answers have a bound here,
 * and requests that wait for an answer can be ended: an interrupt does not end them. Thread safe.
 */
final class BoundedHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;
    private final int maxAnswerBytes;
    private final Set<Request> running = ConcurrentHashMap.newKeySet();

    BoundedHttpClient(Duration timeout, int maxAnswerBytes) {
        this.client = UrlConnectionHttpClient.builder()
                .connectionTimeout(timeout)
                .socketTimeout(timeout)
                .build();
        this.maxAnswerBytes = maxAnswerBytes;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Request(client.prepareRequest(request));
    }

    /** Ends the requests that wait for an answer now. */
    void abort() {
        running.forEach(Request::abort);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Request implements ExecutableHttpRequest {
        private final ExecutableHttpRequest call;
        private volatile boolean aborted;

        Request(ExecutableHttpRequest call) {
            this.call = call;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            running.add(this);
            try {
                return bounded(call.call());
            } catch (IOException | RuntimeException e) {
                if (aborted) { // Without its cause, for which the SDK would try again.
                    throw AbortedException.create("The request was ended, since the server is being stopped.");
                }
                throw e;
            } finally {
                running.remove(this);
            }
        }

        @Override
        public void abort() {
            aborted = true;
            call.abort();
        }
    }

    private HttpExecuteResponse bounded(HttpExecuteResponse response) {
        return HttpExecuteResponse.builder()
                .response(response.httpResponse())
                .responseBody(response.responseBody()
                        .map(body -> AbortableInputStream.create(new BoundedStream(body, maxAnswerBytes), body))
                        .orElse(null))
                .build();
    }

    private static final class BoundedStream extends FilterInputStream {
        private final int bound;
        private long count;

        BoundedStream(InputStream in, int bound) {
            super(in);
            this.bound = bound;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws IOException {
            count += bytes;
            if (count > bound) {
                throw new IOException("The answer is longer than " + bound + " bytes");
            }
        }
    }
}
