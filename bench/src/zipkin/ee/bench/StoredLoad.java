package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zipkin2.internal.DependencyLinker;

/**
 * Posts spans and waits until they are in the database: the reference answers 202 first and stores
 * later. What a server does for them afterwards is part of their cost, as counting dependency links
 * and writing changed pages.
 */
final class StoredLoad {
    private static final Pattern CALLS = Pattern.compile("\"callCount\":(\\d+)");
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LINK_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(150);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CALLS_PER_TRACE = callsPerTrace();

    private final Server server;
    private final Store store;

    StoredLoad(Server server, Store store) {
        this.server = server;
        this.store = store;
    }

    /**
     * {@code seconds} is from the first message to the last stored span, {@code linkSeconds} from
     * there to the last counted link; CPU is in seconds, {@code bytes} what the database's files
     * grew by.
     */
    record Outcome(
            Load.Outcome sent,
            long stored,
            double seconds,
            double linkSeconds,
            double linkedOf100,
            double serverCpu,
            double databaseCpu,
            long bytes) {
        double spansPerSecond() {
            return stored / seconds;
        }

        double perMillion(double cpuSeconds) {
            return cpuSeconds * 1e6 / stored;
        }
    }

    /**
     * Stores about {@code spans}, in whole traces when each connection's share is a multiple of
     * ten.
     */
    Outcome spans(Format format, int size, int connections, long spans) {
        long counted = server.settle();
        long calls = store.linksAfterStoring() ? linkedCalls() : 0;
        long bytes = store.diskBytes();
        double serverCpu = server.java().cpuSeconds();
        double databaseCpu = store.database().cpuSeconds();
        long millis = System.currentTimeMillis();
        Load.Outcome sent = new Load(server, format, size, connections).spans(spans);
        boolean cheap = store.countsCheaply();
        Stored all = cheap ? awaitStored(sent, () -> store.storedSince(millis, server, counted)) : awaitIdle(sent);
        long storedNanos = System.nanoTime();
        double linked =
                store.linksAfterStoring() ? awaitLinks(calls, all.spans() / TraceShape.SPANS * CALLS_PER_TRACE) : 1;
        double linkSeconds = (System.nanoTime() - storedNanos) / 1e9;
        store.writeBack();
        double serverEnd = server.java().cpuSeconds();
        double databaseEnd = store.database().cpuSeconds();
        long grown = store.diskBytes() - bytes;
        return new Outcome(
                sent,
                cheap ? all.spans() : store.countNew(),
                all.seconds(),
                linkSeconds,
                100 * linked,
                serverEnd - serverCpu,
                databaseEnd - databaseCpu,
                grown);
    }

    /**
     * Where counting is dear: when the server does nothing any more, it has stored what it will.
     * One that answers after storing had done so before. The spans are those accepted, to be
     * counted later.
     */
    private Stored awaitIdle(Load.Outcome sent) {
        if (store.linksAfterStoring()) {
            return new Stored(sent.accepted(), sent.seconds());
        }
        long sentNanos = System.nanoTime();
        long idle = Idle.await(server.java()::cpuSeconds);
        return new Stored(sent.accepted(), sent.seconds() + (idle - sentNanos) / 1e9);
    }

    /** How many spans are stored, and seconds from the first message until the last of them was. */
    private record Stored(long spans, double seconds) {}

    private static Stored awaitStored(Load.Outcome sent, LongSupplier count) {
        long sentNanos = System.nanoTime();
        long changedNanos = sentNanos;
        long stored = count.getAsLong();
        double seconds = sent.seconds();
        while (stored < sent.accepted() && System.nanoTime() - changedNanos < STALL_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            long asked = System.nanoTime();
            long now = count.getAsLong();
            if (now > stored) {
                stored = now;
                changedNanos = asked;
                seconds = sent.seconds() + (asked - sentNanos) / 1e9;
            }
        }
        return new Stored(stored, seconds);
    }

    /** Waits until all calls are in the dependencies, and returns the share that is. */
    private double awaitLinks(long before, long expected) {
        long deadline = System.nanoTime() + LINK_LIMIT_NANOS;
        long linked = linkedCalls() - before;
        while (linked < expected && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            linked = linkedCalls() - before;
        }
        return (double) linked / expected;
    }

    private long linkedCalls() {
        try (Connection connection = new Connection(server.port())) {
            connection.get("/api/v2/dependencies?endTs=" + (System.currentTimeMillis() + 60_000));
            Matcher matcher = CALLS.matcher(connection.text());
            long calls = 0;
            while (matcher.find()) {
                calls += Long.parseLong(matcher.group(1));
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(server.name(), e);
        }
    }

    private static long callsPerTrace() {
        DependencyLinker linker = new DependencyLinker();
        linker.putTrace(new TraceShape(0, System.currentTimeMillis() * 1000).trace("1".repeat(32)));
        return linker.link().stream().mapToLong(link -> link.callCount()).sum();
    }
}
