package zipkin.ee.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Posts spans over keep-alive connections, one thread each. */
final class Load {
    /** Trace numbers are never used twice in a run, whatever the server. */
    private static final AtomicLong TRACE_BLOCKS = new AtomicLong();

    private static final long BLOCK = 1L << 32;

    private final Server server;
    private final Format format;
    private final int size;
    private final int connections;

    Load(Server server, Format format, int size, int connections) {
        this.server = server;
        this.format = format;
        this.size = size;
        this.connections = connections;
    }

    /**
     * Spans answered 202, or 200 by OTLP, and the messages that were not, with the CPU seconds that
     * server and client took.
     */
    record Outcome(
            long accepted, long refusedMessages, long stored, double seconds, double serverCpu, double clientCpu) {
        double spansPerSecond() {
            return accepted / seconds;
        }

        double serverCpuPerMillion() {
            return serverCpu * 1e6 / accepted;
        }

        double clientCpuPerMillion() {
            return clientCpu * 1e6 / accepted;
        }
    }

    /**
     * Closed loop: each connection sends its next message when the last is answered, for
     * {@code seconds}.
     */
    Outcome forSeconds(double seconds) {
        return run(Long.MAX_VALUE, seconds);
    }

    /** Closed loop until about {@code spans} are sent. */
    Outcome spans(long spans) {
        return run(spans, Double.MAX_VALUE);
    }

    private Outcome run(long spans, double seconds) {
        long storedBefore = server.settle();
        List<List<Message>> messages = messages();
        double serverBefore = server.java().cpuSeconds();
        double clientBefore = clientCpuSeconds();
        long start = System.nanoTime();
        long deadline = seconds == Double.MAX_VALUE ? Long.MAX_VALUE : start + (long) (seconds * 1e9);
        long quota = spans == Long.MAX_VALUE ? spans : spans / connections;
        long[] counts = new long[2];
        for (long[] one : inParallel(connections, i -> drive(messages.get(i), quota, deadline))) {
            counts[0] += one[0];
            counts[1] += one[1];
        }
        double taken = (System.nanoTime() - start) / 1e9;
        double clientCpu = clientCpuSeconds() - clientBefore;
        long stored = server.settle() - storedBefore;
        double serverCpu = server.java().cpuSeconds() - serverBefore;
        return new Outcome(counts[0], counts[1], stored, taken, serverCpu, clientCpu);
    }

    private List<List<Message>> messages() {
        List<List<Message>> messages = new ArrayList<>();
        for (int seed = 0; seed < connections; seed++) {
            messages.add(Message.of(format, size, seed));
        }
        return messages;
    }

    private long[] drive(List<Message> messages, long quota, long deadline) throws Exception {
        long trace = nextTraces();
        long accepted = 0;
        long refused = 0;
        try (Connection connection = new Connection(server.port())) {
            for (int i = 0; accepted < quota && System.nanoTime() - deadline < 0; i++) {
                Message message = messages.get(i % messages.size());
                trace += size >= TraceShape.SPANS ? size / TraceShape.SPANS : i % TraceShape.SPANS == 0 ? 1 : 0;
                message.stamp(trace, System.currentTimeMillis() * 1000);
                if (exchange(connection, message) / 100 == 2) {
                    accepted += message.spans();
                } else {
                    refused++;
                }
            }
        }
        return new long[] {accepted, refused};
    }

    private int exchange(Connection connection, Message message) throws IOException {
        try {
            return connection.exchange(message.bytes());
        } catch (IOException e) {
            throw new IOException(server.name() + ", " + format + " × " + size + ": " + e.getMessage(), e);
        }
    }

    static long nextTraces() {
        return TRACE_BLOCKS.incrementAndGet() * BLOCK;
    }

    /** Work for one of several connections, given its index. */
    interface Task<T> {
        T run(int connection) throws Exception;
    }

    static <T> List<T> inParallel(int connections, Task<T> task) {
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int connection = i;
                calls.add(() -> task.run(connection));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A connection failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static double clientCpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
}
