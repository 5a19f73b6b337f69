package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;

/** ActiveMQ Classic in a JVM of its own. The server needs its adapter. */
public final class ActiveMqBroker implements Broker {
    private final BrokerProcess process;
    private final boolean owned;
    private final String queue;
    private final JmsClient client;

    private ActiveMqBroker(BrokerProcess process, boolean owned, String queue) {
        this.process = process;
        this.owned = owned;
        this.queue = queue;
        this.client = new JmsClient(new ActiveMQConnectionFactory(url()));
    }

    /** A broker for one test, which closes it. */
    public ActiveMqBroker() {
        this(new BrokerProcess(ActiveMqMain.class), true, "zipkin");
    }

    /** Another queue of this broker. Closing it leaves the broker to others. */
    public ActiveMqBroker queue(String other) {
        return new ActiveMqBroker(process, false, other);
    }

    /** As ACTIVEMQ_URL. */
    public String url() {
        return "tcp://127.0.0.1:" + process.port();
    }

    @Override
    public String label() {
        return "activemq";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "ACTIVEMQ_URL",
                url(),
                "ACTIVEMQ_QUEUE",
                queue,
                "ACTIVEMQ_OTLP_QUEUE",
                queue + "-otlp",
                "COLLECTOR_ACTIVEMQ_ENABLED",
                "true");
    }

    @Override
    public String operations() {
        return Scripts.text("activemq.cli");
    }

    @Override
    public void send(byte[] message) {
        client.send(queue, message);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return client.deadLetters(queue + ".dlq");
    }

    @Override
    public Broker otlp() {
        return new OtlpQueue(
                this, message -> client.send(queue + "-otlp", message), () -> client.deadLetters(queue + "-otlp.dlq"));
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process.restart();
    }

    @Override
    public void close() {
        client.close();
        if (owned) {
            process.close();
        }
    }
}
