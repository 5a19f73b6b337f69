package zipkin.ee.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A message broker of this run's own, in its own process, with a topic or queue for each
 * measurement.
 */
interface Broker extends AutoCloseable {
    /** What {@code --brokers} takes. */
    Set<String> KINDS = Set.of("kafka", "rabbitmq");

    /** Starts one, empty. */
    static Broker start(String kind, Options options) throws IOException {
        return kind.equals("kafka") ? KafkaBroker.start(options) : RabbitBroker.start(options);
    }

    /** Fetches what is needed to start one, or fails when it is not there. */
    static void require(String kind) {
        if (kind.equals("kafka")) {
            KafkaBroker.require();
        } else {
            RabbitBroker.program("rabbitmq-server");
        }
    }

    /** Product and version. */
    String description();

    /** What both servers' counters call messages that came this way. */
    String transport();

    /**
     * Makes the topic or queue {@code name}, which is new, with so many messages; {@code streams}
     * consumers can share it.
     */
    void fill(String name, int streams, Supplier<byte[]> bodies, long messages);

    /** Settings with which a server takes that from its beginning. */
    Map<String, String> settings(String name, int streams);

    /** Messages that the broker would deliver again if the server ended now. */
    long unacknowledged(String name);

    void delete(String name);

    /** CPU seconds of the broker's processes since their start. */
    double cpuSeconds();

    @Override
    void close();
}
