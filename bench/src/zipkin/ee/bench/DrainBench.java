package zipkin.ee.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How fast, and at what cost of CPU, a server empties a broker; in turns, each turn with a server
 * started for it.
 */
final class DrainBench {
    private static final String SECTION = "Drain, messages of " + Bodies.SPANS;

    private final Options options;
    private final Results results;
    private final Launcher ours;
    private final Launcher reference;
    private final Set<String> collectors = new LinkedHashSet<>();
    private final List<String> brokers = new ArrayList<>();

    DrainBench(Options options, Results results, Launcher ours, Launcher reference) {
        this.options = options;
        this.results = results;
        this.ours = ours;
        this.reference = reference;
    }

    void measure() throws IOException {
        for (String kind : options.brokers()) {
            try (Broker broker = Broker.start(kind, options)) {
                brokers.add(broker.description());
                if (!options.quick()) {
                    warmUp(broker);
                }
                for (int round = 0; round < options.rounds(); round++) {
                    measure(broker);
                }
            }
        }
    }

    /** Otherwise the first server to be measured would have a broker whose own code is not hot. */
    private void warmUp(Broker broker) {
        drain(reference, broker, options.formats().get(0), options.streams().get(0));
    }

    private void measure(Broker broker) {
        for (int streams : options.streams()) {
            for (Format format : options.formats()) {
                add(
                        broker.transport() + " " + format + (streams == 1 ? "" : " × " + streams),
                        drain(ours, broker, format, streams),
                        drain(reference, broker, format, streams));
            }
        }
    }

    private Drain.Outcome drain(Launcher server, Broker broker, Format format, int streams) {
        return new Drain(server, broker, format, streams, options.drainSpans() / Bodies.SPANS).run();
    }

    private void add(String name, Drain.Outcome first, Drain.Outcome second) {
        collectors.add(first.collector());
        collectors.add(second.collector());
        results.add(SECTION, name, "spans/s ↑", first.spansPerSecond(), second.spansPerSecond());
        results.add(
                SECTION,
                name,
                "server CPU s/M spans ↓",
                first.perMillion(first.serverCpu()),
                second.perMillion(second.serverCpu()));
        results.add(
                SECTION,
                name,
                "broker CPU s/M spans",
                first.perMillion(first.brokerCpu()),
                second.perMillion(second.brokerCpu()));
        results.add(SECTION, name, "stored of 100 sent ↑", first.storedOf100(), second.storedOf100());
        results.add(SECTION, name, "messages not acknowledged ↓", first.unacknowledged(), second.unacknowledged());
    }

    /** For the table's head, once measured: what garbage collectors the servers had. */
    String collectors() {
        return String.join(" and ", collectors);
    }

    /** For the table's head, once measured: products and versions. */
    String brokers() {
        return String.join(" and ", brokers);
    }
}
