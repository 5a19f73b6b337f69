package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;

/** ActiveMQ Classic in a JVM of its own. The server needs its adapter. */
public final class ActiveMqBroker implements Broker {
    private final BrokerProcess process = new BrokerProcess(ActiveMqMain.class);
    private final JmsClient client = new JmsClient(new ActiveMQConnectionFactory(url()));

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
        return Map.of("ACTIVEMQ_URL", url());
    }

    @Override
    public String operations() {
        return Scripts.text("activemq.cli");
    }

    @Override
    public void send(byte[] message) {
        client.send("zipkin", message);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return client.deadLetters("zipkin.dlq");
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
        process.close();
    }
}
