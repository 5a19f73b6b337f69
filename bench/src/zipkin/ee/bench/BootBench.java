package zipkin.ee.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From the start of the process to the first healthy answer, and what an idle server takes; starts
 * alternate.
 */
final class BootBench {
    private static final String SECTION = "Boot and idle";
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Results results;

    BootBench(Results results) {
        this.results = results;
    }

    private record Sample(double seconds, double cpuSeconds, double residentMegabytes, double heapMegabytes) {}

    /** One start each; the servers stay up. */
    Pair measure(Launcher ours, Launcher reference) {
        Server first = ours.start();
        Sample firstSample = sample(first);
        Server second = reference.start();
        Sample secondSample = sample(second);
        add("process start to healthy", "s ↓", firstSample.seconds, secondSample.seconds);
        add("CPU until healthy, with scripts", "s ↓", firstSample.cpuSeconds, secondSample.cpuSeconds);
        add("resident memory, idle", "MB ↓", firstSample.residentMegabytes, secondSample.residentMegabytes);
        add("heap after collection, idle", "MB ↓", firstSample.heapMegabytes, secondSample.heapMegabytes);
        return new Pair(first, second);
    }

    private static Sample sample(Server server) {
        double cpuSeconds = server.java().cpuSecondsWithScript();
        LockSupport.parkNanos(REST_NANOS);
        double residentMegabytes = server.java().residentMegabytes();
        return new Sample(
                server.bootSeconds(),
                cpuSeconds,
                residentMegabytes,
                server.java().heapBytes() / 1024.0 / 1024.0);
    }

    private void add(String name, String unit, double ours, double reference) {
        results.add(SECTION, name, unit, ours, reference);
    }
}
