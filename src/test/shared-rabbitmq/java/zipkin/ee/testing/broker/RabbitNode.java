package zipkin.ee.testing.broker;

import java.util.List;

/** One RabbitMQ, wherever it was found. */
interface RabbitNode {
    String AMQP = "5672";
    String AMQPS = "5671";

    /** An {@code amqp://} URI with the credentials of an administrator. */
    String uri();

    /** The port for TLS, when the configuration has a listener for it. */
    int tlsPort();

    /** Starts it, on the data it has, and waits until it serves. */
    void start();

    boolean isAlive();

    /** Ends it by SIGKILL. */
    void kill();

    /** What rabbitmqctl prints. */
    String control(List<String> arguments);

    /** Everything it has printed so far. */
    String log();

    /** Ends it and deletes its data. */
    void close();
}
