package zipkin.ee.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the chosen sections on both servers and prints what came out. Exit status 2: wrong options;
 * 3: out of time.
 */
final class Main {
    private final Options options;
    private final Launcher ours;
    private final Launcher reference;
    private final @Nullable Stores stores;
    private final Results results = new Results();

    private Main(Options options, @Nullable Stores stores) {
        this.options = options;
        this.stores = stores;
        Map<String, String> first = stores == null ? Map.of() : stores.ours().settings();
        Map<String, String> second =
                stores == null ? Map.of() : stores.reference().settings();
        switch (options.self()) {
            case "" -> {
                ours = Launcher.zipkinEe("Zipkin EE", options.oursJvm(), first, options);
                reference = Launcher.reference("reference", options.jvm(), second, options);
            }
            case "ee" -> {
                boolean isBefore = !options.before().isEmpty();
                ours = Launcher.zipkinEe("Zipkin EE (A)", options.oursJvm(), first, options);
                reference = Launcher.zipkinEe(
                        isBefore ? "Zipkin EE (before)" : "Zipkin EE (B)",
                        isBefore ? Path.of(options.before()) : options.home(),
                        options.jvm(),
                        second,
                        options);
            }
            default -> {
                ours = Launcher.reference("reference (A)", options.oursJvm(), first, options);
                reference = Launcher.reference("reference (B)", options.jvm(), second, options);
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
        try (Stores stores = options.isStored() ? Stores.start(options) : null) {
            if (options.has("drain")) {
                options.brokers().forEach(Broker::require);
            }
            new Main(options, stores).run();
        } catch (MissingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IllegalStateException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        Map<String, String> conditions = new LinkedHashMap<>();
        if (options.hasPair()) {
            conditions = conditions(measurePair());
        }
        if (options.has("drain")) {
            progress("drain");
            DrainBench drain = new DrainBench(options, results, ours, reference);
            drain.measure();
            conditions = options.hasPair() ? conditions : conditions(drain.collectors());
            conditions.put(
                    "drain", options.drainSpans() + " spans of " + drain.brokers() + ", a third of them to warm up");
        }
        if (options.has("growth")) {
            progress("growth");
            String collectors = new GrowthBench(options, results).measure(ours);
            conditions = conditions.isEmpty() ? conditions(collectors) : conditions;
        }
        conditions.put("duration", (System.nanoTime() - start) / 1_000_000_000 + " s");
        Report report = new Report(conditions, ours.name(), reference.name(), results);
        report.write(options.output());
        System.out.println(report.text());
        System.out.println("Also in " + options.output() + "/results.md and results.json");
    }

    /** Returns the names of the garbage collectors in use. */
    private String measurePair() {
        try (Pair pair = boot()) {
            if (stores == null) {
                measureMemory(pair);
            } else {
                measureSql(new StoredBench(options, results, pair, stores));
            }
            return JavaProcess.collectors(pair.both());
        }
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

    private void measureSql(StoredBench bench) {
        if (options.has("search")) {
            progress("search");
            bench.search();
        }
        if (options.has("store")) {
            progress("store");
            bench.store();
        }
        if (options.has("big")) {
            progress("big");
            bench.big();
        }
    }

    private void measureMemory(Pair pair) {
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

    private Map<String, String> conditions(String collectors) {
        Map<String, String> conditions = new LinkedHashMap<>();
        String jvm = options.jvm().equals(options.oursJvm())
                ? options.jvm()
                : options.oursJvm() + " against " + options.jvm();
        conditions.put("JVM options", jvm + ", collector " + collectors);
        conditions.put(
                "Java",
                System.getProperty("java.runtime.version") + " on " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        conditions.put("store", stores == null ? "mem, MEM_MAX_SPANS=" + options.storeSpans() : stores.description());
        conditions.put("load", load());
        conditions.put("cells", "median [least–greatest]; ratio: median of the rounds' ratios, Zipkin EE / reference");
        return conditions;
    }

    private String load() {
        if (!options.hasPair()) {
            return options.rounds() + " rounds";
        }
        String each = options.connections() + " connections, " + options.rounds() + " rounds of ";
        String then = ", " + options.queries() + " queries each";
        return stores == null
                ? each + options.seconds() + " s" + then + ", " + options.starts() + " starts"
                : each + options.oursSpans() + " spans against " + options.referenceSpans() + then;
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
