package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * A broker as a sender of spans and an operator see it. What it has acknowledged survives
 * {@link #kill} and {@link #restart}.
 */
public interface Broker extends AutoCloseable {
    /**
     * A message that was put aside, and why.
     *
     * @param message as text in UTF-8
     */
    record DeadLetter(String message, String reason) {}

    /** The label of the transport's counters: kafka, rabbitmq, pulsar, jms, activemq. */
    String label();

    /**
     * What leads Zipkin EE to this broker and to a queue or topic that no other test uses, as
     * environment variables.
     */
    Map<String, String> settings();

    /**
     * What leads the configured server to this kind of broker beside settings, in its command line
     * interface; empty for nothing.
     */
    default String operations() {
        return "";
    }

    /**
     * Called after each start of the server, before anything is sent; a broker that lives within
     * the server is reached by it.
     */
    default void serverStarted(ZipkinEeServer server) {}

    /**
     * Returns when the broker has the message and would keep it through a restart; throws any
     * RuntimeException when that is not sure: the sender may then send it again.
     */
    void send(byte[] message);

    /** All dead letters of this broker so far; may take some seconds. */
    List<DeadLetter> deadLetters();

    /** The further topic or queue that {@link #settings} lets hold OTLP, with its dead letters. */
    Broker otlp();

    /** Ends the broker at once, by SIGKILL where it is a process of its own. */
    void kill();

    /** Starts the killed broker on its port and data, and waits until it accepts connections. */
    void restart();

    @Override
    void close();
}
