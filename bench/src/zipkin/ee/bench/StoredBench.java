package zipkin.ee.bench;

/**
 * What is measured when spans are stored in a database, in turns: while one server works, the other
 * and its store idle.
 */
final class StoredBench {
    private static final String SECTION = "Stored in the database";
    private static final int FILL_SIZE = 100;
    private static final int FILL_PORTION = 10_000;

    private final Options options;
    private final Results results;
    private final StoredLoad ours;
    private final StoredLoad reference;
    private final Pair pair;
    private final Stores stores;

    StoredBench(Options options, Results results, Pair pair, Stores stores) {
        this.options = options;
        this.results = results;
        this.pair = pair;
        this.stores = stores;
        this.ours = new StoredLoad(pair.ours(), stores.ours());
        this.reference = new StoredLoad(pair.reference(), stores.reference());
    }

    /**
     * Both servers are given the same spans, which also runs what stores them hot; then queries are
     * timed.
     */
    void search() {
        fill(ours, options.storeSpans());
        fill(reference, options.storeSpans());
        new QueryBench(options, results)
                .measure("Search, " + options.storeSpans() + " spans stored by each", pair.ours(), pair.reference());
    }

    void store() {
        for (int round = 0; round < options.rounds(); round++) {
            for (int size : options.sizes()) {
                for (Format format : options.formats()) {
                    add(
                            format + " × " + size,
                            ours.spans(format, size, options.connections(), options.oursSpans()),
                            reference.spans(format, size, options.connections(), options.referenceSpans()));
                }
            }
        }
    }

    /** Zipkin EE alone: the reference would take hours to store as many. */
    void big() {
        long missing = options.bigSpans() - stores.ours().counted(pair.ours());
        if (missing > 0) {
            fill(ours, missing);
        }
        long stored = stores.ours().counted(pair.ours());
        new QueryBench(options, results).measureAlone("Search, " + stored + " spans stored", pair.ours());
    }

    /** In portions that the reference stores as a whole, where it loses much of a longer burst. */
    private void fill(StoredLoad load, long spans) {
        long portion = load == ours || stores.reference().countsCheaply() ? spans : FILL_PORTION;
        for (long left = spans; left > 0; left -= portion) {
            load.spans(Format.PROTO3, FILL_SIZE, options.connections(), Math.min(portion, left));
        }
    }

    private void add(String name, StoredLoad.Outcome first, StoredLoad.Outcome second) {
        results.add(SECTION, name, "stored spans/s ↑", first.spansPerSecond(), second.spansPerSecond());
        results.add(
                SECTION,
                name,
                "stored of 100 accepted ↑",
                100.0 * first.stored() / first.sent().accepted(),
                100.0 * second.stored() / second.sent().accepted());
        addCpu(name, "server CPU", first, first.serverCpu(), second, second.serverCpu());
        addCpu(name, "database CPU", first, first.databaseCpu(), second, second.databaseCpu());
        addCpu(
                name,
                "server and database CPU",
                first,
                first.serverCpu() + first.databaseCpu(),
                second,
                second.serverCpu() + second.databaseCpu());
        results.add(
                SECTION,
                name,
                "bytes on disk/span ↓",
                (double) first.bytes() / first.stored(),
                (double) second.bytes() / second.stored());
        if (stores.ours().linksAfterStoring()) {
            results.addOurs(SECTION, name, "s until links complete ↓", first.linkSeconds());
            results.addOurs(SECTION, name, "links of 100 counted ↑", first.linkedOf100());
        }
        if (first.sent().refusedMessages() + second.sent().refusedMessages() > 0) {
            results.add(
                    SECTION,
                    name,
                    "messages refused ↓",
                    first.sent().refusedMessages(),
                    second.sent().refusedMessages());
        }
    }

    private void addCpu(
            String name,
            String whose,
            StoredLoad.Outcome first,
            double firstSeconds,
            StoredLoad.Outcome second,
            double secondSeconds) {
        results.add(
                SECTION,
                name,
                whose + " s/M spans ↓",
                first.perMillion(firstSeconds),
                second.perMillion(secondSeconds));
    }
}
