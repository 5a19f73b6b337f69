package zipkin.ee.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs the chosen sections on both servers and prints what came out. Exit status 2: wrong options; 3: out of time. */
final class Main {
    private final Options options;
    private final Launcher ours;
    private final Launcher reference;
    private final Results results = new Results();

    private Main(Options options) {
        this.options = options;
        switch (options.self()) {
            case "" -> {
                ours = Launcher.zipkinEe("Zipkin EE", options.oursJvm(), options);
                reference = Launcher.reference("reference", options.jvm(), options);
            }
            case "ee" -> {
                ours = Launcher.zipkinEe("Zipkin EE (A)", options.oursJvm(), options);
                reference = Launcher.zipkinEe("Zipkin EE (B)", options.jvm(), options);
            }
            default -> {
                ours = Launcher.reference("reference (A)", options.oursJvm(), options);
                reference = Launcher.reference("reference (B)", options.jvm(), options);
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + ". See bench/README.md.");
            System.exit(2);
            return;
        }
        stopAfter(options.limitSeconds());
        try {
            new Main(options).run();
        } catch (IllegalStateException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        Map<String, String> conditions;
        try (Pair pair = boot()) {
            conditions = conditions(pair);
            measure(pair);
        }
        conditions.put("duration", (System.nanoTime() - start) / 1_000_000_000 + " s");
        Report report = new Report(conditions, ours.name(), reference.name(), results);
        report.write(options.output());
        System.out.println(report.text());
        System.out.println("Also in " + options.output() + "/results.md and results.json");
    }

    /** Both servers up, after as many measured starts as asked for. */
    private Pair boot() {
        if (!options.has("boot")) {
            return Pair.start(ours, reference);
        }
        BootBench boot = new BootBench(results);
        progress("boot");
        for (int start = 1; start < options.starts(); start++) {
            boot.measure(ours, reference).close();
        }
        return boot.measure(ours, reference);
    }

    private void measure(Pair pair) {
        if (options.has("heap")) {
            progress("heap");
            new HeapBench(options, results).measure(pair);
        }
        if (options.has("query")) {
            progress("query");
            new QueryBench(options, results).measure(pair);
        }
        IntakeBench intake = new IntakeBench(options, results);
        if (options.has("intake") || options.has("latency")) {
            progress("warm-up");
            intake.warmUp(pair);
        }
        if (options.has("intake")) {
            progress("intake");
            intake.measure(pair);
        }
        if (options.has("latency")) {
            progress("latency");
            new LatencyBench(options, results).measure(pair);
        }
    }

    private Map<String, String> conditions(Pair pair) {
        Map<String, String> conditions = new LinkedHashMap<>();
        String jvm = options.jvm().equals(options.oursJvm())
                ? options.jvm()
                : options.oursJvm() + " against " + options.jvm();
        conditions.put("JVM options", jvm + ", collector " + JavaProcess.collectors(pair.both()));
        conditions.put(
                "Java",
                System.getProperty("java.runtime.version") + " on " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        conditions.put("store", "mem, MEM_MAX_SPANS=" + options.storeSpans());
        conditions.put(
                "load",
                options.connections() + " connections, " + options.rounds() + " rounds of " + options.seconds() + " s, "
                        + options.queries() + " queries each, " + options.starts() + " starts");
        conditions.put("cells", "median [least–greatest]; ratio: median of the rounds' ratios, Zipkin EE / reference");
        return conditions;
    }

    /** Exiting runs the hooks that end the servers. */
    private static void stopAfter(int seconds) {
        Thread watchdog = new Thread(() -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            System.err.println("bench: stopped after " + seconds + " s, see --limit");
            System.exit(3);
        });
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void progress(String section) {
        System.err.println("bench: " + section);
    }
}
