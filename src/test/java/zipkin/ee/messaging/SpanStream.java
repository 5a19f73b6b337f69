package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * A sender that goes on, about ten messages a second, each a whole trace of some spans. What the
 * broker has not surely taken is sent again, so that every message sent must be stored in the end,
 * and some arrive twice.
 */
final class SpanStream implements AutoCloseable {
    static final int SPANS = 5;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String name;
    private final Consumer<byte[]> sender;
    private final @Nullable Consumer<byte[]> otlpSender;
    private final Queue<List<Span>> sent = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> running;
    private volatile boolean stopped;

    /** Sends by the broker, every second message as OTLP. */
    SpanStream(Broker broker) {
        this(broker.label(), broker::send, broker.otlp()::send);
    }

    /**
     * @param name for messages of failures
     * @param sender returns when the message is surely taken; throws any RuntimeException when that
     *     is not sure
     */
    SpanStream(String name, Consumer<byte[]> sender) {
        this(name, sender, null);
    }

    /**
     * @param otlpSender the same for every second message, which is OTLP; null for none
     */
    SpanStream(String name, Consumer<byte[]> sender, @Nullable Consumer<byte[]> otlpSender) {
        this.name = name;
        this.sender = sender;
        this.otlpSender = otlpSender;
        this.running = thread.submit(this::send);
    }

    /** Waits until {@code count} more messages are in the broker. */
    void awaitMore(int count) {
        int before = sent.size();
        Await.value("messages sent by " + name, LIMIT, sent::size, size -> size >= before + count || running.isDone());
    }

    String name() {
        return name;
    }

    /** Messages that were surely taken so far. */
    int size() {
        return sent.size();
    }

    /** Ends the stream; fails when the sender failed. */
    void stop() {
        stopped = true;
        try {
            running.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The sender of " + name + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every message sent is stored, whole and with each span once. */
    void assertStored(ZipkinHttp zipkin) {
        assertThat(sent).isNotEmpty();
        for (List<Span> message : sent) {
            String traceId = message.get(0).traceId();
            List<Span> stored =
                    Await.orLast(LIMIT, () -> zipkin.trace(traceId), spans -> spans.size() >= message.size());
            assertThat(stored).as("trace " + traceId + " by " + name).containsExactlyInAnyOrderElementsOf(message);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.shutdownNow();
    }

    private void send() {
        while (!stopped) {
            List<Span> message = trace();
            if (otlpSender != null && sent.size() % 2 == 1) {
                sendUntilTaken(otlpSender, OtlpMessages.protobuf(message));
            } else {
                sendUntilTaken(sender, SpanBytesEncoder.JSON_V2.encodeList(message));
            }
            sent.add(message);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void sendUntilTaken(Consumer<byte[]> target, byte[] message) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                target.accept(message);
                return;
            } catch (RuntimeException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** The first span of a new trace. */
    static Span span() {
        return trace().get(0);
    }

    /** A new trace of {@link #SPANS} spans. */
    static List<Span> trace() {
        return trace(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    /** A trace of {@link #SPANS} spans. */
    static List<Span> trace(long traceId) {
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= SPANS; i++) {
            spans.add(Span.newBuilder()
                    .traceId(0, traceId)
                    .id(i)
                    .name("step-" + i)
                    .localEndpoint(Endpoint.newBuilder().serviceName("stream").build())
                    .timestamp(System.currentTimeMillis() * 1000)
                    .duration(i)
                    .putTag("message", Long.toHexString(traceId))
                    .build());
        }
        return spans;
    }
}
