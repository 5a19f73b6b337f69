package zipkin.ee.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One server takes a full topic or queue until it is empty. The server is started when all messages
 * are there, so it takes them without a pause; the first third runs it hot, and measuring begins
 * within.
 */
final class Drain {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ACKNOWLEDGE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int WARM_UP_SHARE = 3;

    private static int drains;

    private final Launcher launcher;
    private final Broker broker;
    private final Format format;
    private final int streams;
    private final long messages;

    Drain(Launcher launcher, Broker broker, Format format, int streams, long messages) {
        this.launcher = launcher;
        this.broker = broker;
        this.format = format;
        this.streams = streams;
        this.messages = messages;
    }

    /**
     * Spans after the warm-up, with the seconds and CPU seconds that they took; {@code stored} is
     * of all that were sent, {@code unacknowledged} messages that the broker would deliver again.
     */
    record Outcome(
            long spans,
            double seconds,
            double serverCpu,
            double brokerCpu,
            double storedOf100,
            long unacknowledged,
            String collector) {
        double spansPerSecond() {
            return spans / seconds;
        }

        double perMillion(double cpuSeconds) {
            return cpuSeconds * 1e6 / spans;
        }
    }

    private record Mark(long nanos, long spans, double serverCpu, double brokerCpu) {}

    Outcome run() {
        String name = "bench-" + drains++;
        broker.fill(name, streams, new Bodies(format), messages);
        try (Server server = launcher.start(broker.settings(name, streams))) {
            return measure(server, name);
        } finally {
            broker.delete(name);
        }
    }

    private Outcome measure(Server server, String name) {
        long sent = messages * Bodies.SPANS;
        Mark begin = await(server, sent / WARM_UP_SHARE);
        Mark end = await(server, sent);
        if (begin.spans >= sent) {
            throw new IllegalStateException(server.name() + " was done before it was healthy. Take more --drain-spans");
        }
        long unacknowledged = awaitAcknowledged(name);
        return new Outcome(
                end.spans - begin.spans,
                (end.nanos - begin.nanos) / 1e9,
                end.serverCpu - begin.serverCpu,
                end.brokerCpu - begin.brokerCpu,
                100.0 * server.storedSpans(broker.transport()) / sent,
                unacknowledged,
                server.java().collector());
    }

    /** Asks the server's counters until it has stored so many. */
    private Mark await(Server server, long spans) {
        long stored = server.storedSpans(broker.transport());
        long changed = System.nanoTime();
        while (stored < spans) {
            if (System.nanoTime() - changed > STALL_NANOS) {
                throw new IllegalStateException(server.name() + " stopped after " + stored + " spans of " + spans);
            }
            LockSupport.parkNanos(POLL_NANOS);
            long now = server.storedSpans(broker.transport());
            if (now != stored) {
                stored = now;
                changed = System.nanoTime();
            }
        }
        return new Mark(changed, stored, server.java().cpuSeconds(), broker.cpuSeconds());
    }

    /** The reference commits its offsets every five seconds. */
    private long awaitAcknowledged(String name) {
        long deadline = System.nanoTime() + ACKNOWLEDGE_NANOS;
        long left = broker.unacknowledged(name);
        while (left != 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            left = broker.unacknowledged(name);
        }
        return left;
    }
}
