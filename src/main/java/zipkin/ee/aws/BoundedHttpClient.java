package zipkin.ee.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
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
    private static final Duration ABORT = Duration.ofSeconds(2);
    private static final long ABORT_AGAIN_MILLIS = 20;

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

    /**
     * Ends the requests that run now, and waits until they have ended, for two seconds at most. The
     * JDK's connection forgets that it was ended while it connects or writes, and then connects
     * again; so a request is ended until it is over.
     */
    void abort() {
        List<Request> ending = List.copyOf(running);
        long deadline = System.nanoTime() + ABORT.toNanos();
        do {
            ending.stream().filter(running::contains).forEach(Request::abort);
        } while (ending.stream().anyMatch(running::contains) && System.nanoTime() < deadline && pause());
    }

    /** False when the thread is to end. */
    private static boolean pause() {
        try {
            Thread.sleep(ABORT_AGAIN_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
