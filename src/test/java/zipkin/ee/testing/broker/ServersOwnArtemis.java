package zipkin.ee.testing.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import zipkin.ee.testing.ServerProcess;

/**
 * WildFly's own Artemis, with a port for senders that live elsewhere. It is killed with the server.
 */
public final class ServersOwnArtemis implements ServersOwnBroker {
    private static final String PORT = "ARTEMIS_TEST_PORT";

    /** The port, in WildFly's command line interface. */
    static final String OPERATIONS = String.join(
            "\n",
            "/socket-binding-group=standard-sockets/socket-binding=senders:add(port=\"${" + PORT + ":0}\")",
            "/subsystem=messaging-activemq/server=default/remote-acceptor=senders:add(socket-binding=senders)");

    private final int port = ServerProcess.freePort();
    /** The server's Artemis gives names of JMS queues a prefix. */
    private final JmsClient client = new JmsClient(new ActiveMQConnectionFactory(
            "tcp://127.0.0.1:" + port + "?enable1xPrefixes=true&useEpoll=false&" + JmsClient.SHORT_CALLS));

    @Override
    public String label() {
        return "jms";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(PORT, Integer.toString(port), "ZIPKIN_JMS_OTLP_QUEUE", "java:/jms/queue/zipkin-otlp");
    }

    @Override
    public String operations() {
        return OPERATIONS;
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
    public void close() {
        client.close();
    }
}
