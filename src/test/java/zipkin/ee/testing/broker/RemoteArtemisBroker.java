package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Artemis in a JVM of its own. The server is led to it by a script. */
public final class RemoteArtemisBroker implements Broker {
    private final BrokerProcess process = new BrokerProcess(ArtemisMain.class);
    private final JmsClient client = new JmsClient(new ActiveMQConnectionFactory(
            "tcp://127.0.0.1:" + process.port() + "?useEpoll=false&" + JmsClient.SHORT_CALLS));

    @Override
    public String label() {
        return "jms";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "ARTEMIS_HOST",
                "127.0.0.1",
                "ARTEMIS_PORT",
                Integer.toString(process.port()),
                "ZIPKIN_JMS_OTLP_QUEUE",
                "java:/jms/queue/zipkin-otlp-artemis");
    }

    @Override
    public String operations() {
        return Scripts.text("artemis-remote.cli");
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
    public Broker otlp() {
        return new OtlpQueue(
                this, message -> client.send("zipkin-otlp", message), () -> client.deadLetters("zipkin-otlp.dlq"));
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
