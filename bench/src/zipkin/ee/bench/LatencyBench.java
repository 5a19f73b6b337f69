package zipkin.ee.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Open loop: messages of ten JSON spans are due at a fixed rate, whether or not earlier ones were
 * answered. The latency of a message counts from when it was due, so a stall is felt by all that
 * were due in it.
 */
final class LatencyBench {
    private static final int SIZE = 10;

    private final Options options;
    private final Results results;

    LatencyBench(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void measure(Pair pair) {
        int rate = options.rate() > 0 ? options.rate() : halfOfTheSlower(pair);
        String section = "POST latency at " + rate + " messages/s of " + SIZE + " spans, open loop";
        for (int round = 0; round < options.rounds(); round++) {
            long[] ours = sortedNanos(pair.ours(), rate);
            long[] reference = sortedNanos(pair.reference(), rate);
            for (double share : new double[] {0.5, 0.99, 0.999}) {
                results.add(
                        section,
                        "p" + String.valueOf(share * 100).replaceAll("\\.0$", ""),
                        "ms ↓",
                        Results.percentile(ours, share) / 1e6,
                        Results.percentile(reference, share) / 1e6);
            }
        }
    }

    private int halfOfTheSlower(Pair pair) {
        double least = Double.MAX_VALUE;
        for (Server server : pair.both()) {
            Load load = new Load(server, Format.JSON_V2, SIZE, options.connections());
            least = Math.min(least, load.forSeconds(options.seconds()).spansPerSecond());
        }
        return (int) (least / SIZE / 2);
    }

    private long[] sortedNanos(Server server, int rate) {
        double seconds = options.quick() ? 2 : 2 * options.seconds();
        int each = Math.max(1, (int) (rate * seconds / options.connections()));
        double intervalNanos = 1e9 * options.connections() / rate;
        long start = System.nanoTime() + 50_000_000;
        List<long[]> latencies = Load.inParallel(options.connections(), connection -> {
            double offsetNanos = intervalNanos * connection / options.connections();
            return drive(server, connection, each, start + (long) offsetNanos, intervalNanos);
        });
        server.settle();
        return latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private static long[] drive(Server server, int seed, int count, long start, double intervalNanos) throws Exception {
        List<Message> messages = Message.of(Format.JSON_V2, SIZE, seed);
        long trace = Load.nextTraces();
        long[] nanos = new long[count];
        try (Connection connection = new Connection(server.port())) {
            for (int i = 0; i < count; i++) {
                Message message = messages.get(i % messages.size());
                message.stamp(trace++, System.currentTimeMillis() * 1000);
                long due = start + (long) (i * intervalNanos);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                int status = connection.exchange(message.bytes());
                nanos[i] = System.nanoTime() - due;
                if (status != 202) {
                    throw new IllegalStateException(server.name() + " answered " + status + " below its limit");
                }
            }
        }
        return nanos;
    }
}
