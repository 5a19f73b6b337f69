package zipkin.ee.deployment;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Clients that send one message after the other and note which ones were taken. Each message is a
 * whole trace.
 */
final class OutageClients implements AutoCloseable {
    static final int SPANS = 5;

    private static final int CLIENTS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ZipkinHttp zipkin;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();
    private final Queue<List<Span>> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<List<Span>> refused = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    OutageClients(ZipkinHttp zipkin) {
        this.zipkin = zipkin;
        for (int i = 0; i < CLIENTS; i++) {
            running.add(threads.submit(this::send));
        }
    }

    /** Answered by 202. */
    List<List<Span>> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Answered by 503, or not at all. */
    List<List<Span>> refused() {
        return List.copyOf(refused);
    }

    void await(String what, BooleanSupplier condition) {
        Await.value(
                what,
                LIMIT,
                condition::getAsBoolean,
                met -> met || running.stream().anyMatch(Future::isDone));
    }

    /** Waits for the answers to what was sent; fails with what a client could not make sense of. */
    void stop() {
        stopped = true;
        try {
            for (Future<?> client : running) {
                client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("A client failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private void send() {
        while (!stopped) {
            List<Span> message = message();
            try {
                int status = post(zipkin, message).statusCode();
                if (status != 202 && status != 503) {
                    throw new AssertionError("POST was answered by " + status);
                }
                (status == 202 ? acknowledged : refused).add(message);
                if (status == 503) {
                    // A server that refuses at once would be asked thousands of times a second.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (UncheckedIOException e) {
                refused.add(message);
            }
        }
    }

    static HttpResponse<String> post(ZipkinHttp zipkin, List<Span> message) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(message));
    }

    static List<Span> message() {
        String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= SPANS; i++) {
            spans.add(Span.newBuilder()
                    .traceId(traceId)
                    .id(i)
                    .name("step-" + i)
                    .localEndpoint(Endpoint.newBuilder().serviceName("outage").build())
                    .timestamp(System.currentTimeMillis() * 1000)
                    .duration(i)
                    .putTag("trace", traceId)
                    .build());
        }
        return spans;
    }
}
