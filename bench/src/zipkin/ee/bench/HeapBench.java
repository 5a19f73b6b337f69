package zipkin.ee.bench;

/** Heap that a stored span takes: used heap after collection, before and after spans were sent. */
final class HeapBench {
    private final Options options;
    private final Results results;

    HeapBench(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void measure(Pair pair) {
        results.add(
                "Heap",
                "heap per span, " + options.heapSpans() + " kept",
                "bytes ↓",
                bytesPerSpan(pair.ours()),
                bytesPerSpan(pair.reference()));
    }

    private double bytesPerSpan(Server server) {
        Load load = new Load(server, Format.PROTO3, 100, options.connections());
        long storedBefore = server.storedSpans();
        long before = server.java().heapBytes();
        load.spans(options.heapSpans());
        long stored = server.settle() - storedBefore;
        return (server.java().heapBytes() - before) / (double) stored;
    }
}
