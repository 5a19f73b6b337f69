package zipkin.ee.bench;

/** Closed loop: how many spans a second, and at what cost of CPU. */
final class IntakeBench {
    private static final String SECTION = "Intake, closed loop";

    private final Options options;
    private final Results results;

    IntakeBench(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** Runs code paths hot; not counted. */
    void warmUp(Pair pair) {
        for (Format format : options.formats()) {
            for (int size : options.sizes()) {
                int spans = size >= TraceShape.SPANS ? options.warmUpSpans() : options.warmUpSpans() / 4;
                for (Server server : pair.both()) {
                    load(server, server == pair.reference() ? format.ofReference() : format, size)
                            .spans(spans);
                }
            }
        }
    }

    void measure(Pair pair) {
        for (int round = 0; round < options.rounds(); round++) {
            for (int size : options.sizes()) {
                for (Format format : options.formats()) {
                    Load.Outcome ours = load(pair.ours(), format, size).forSeconds(options.seconds());
                    Load.Outcome reference =
                            load(pair.reference(), format.ofReference(), size).forSeconds(options.seconds());
                    add(format + " × " + size, ours, reference);
                }
            }
        }
    }

    private Load load(Server server, Format format, int size) {
        return new Load(server, format, size, options.connections());
    }

    private void add(String name, Load.Outcome ours, Load.Outcome reference) {
        results.add(SECTION, name, "spans/s ↑", ours.spansPerSecond(), reference.spansPerSecond());
        results.add(
                SECTION, name, "server CPU s/M spans ↓", ours.serverCpuPerMillion(), reference.serverCpuPerMillion());
        results.add(SECTION, name, "client CPU s/M spans", ours.clientCpuPerMillion(), reference.clientCpuPerMillion());
        results.add(
                SECTION,
                name,
                "stored of 100 accepted ↑",
                100.0 * ours.stored() / ours.accepted(),
                100.0 * reference.stored() / reference.accepted());
        if (ours.refusedMessages() + reference.refusedMessages() > 0) {
            results.add(SECTION, name, "messages refused ↓", ours.refusedMessages(), reference.refusedMessages());
        }
    }
}
