package zipkin.ee.transport.messaging;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JMS broker of this test, as far as the code uses one. */
final class JmsFakes extends JmsNames {
    /** What was sent: the body, then the properties. */
    record Sent(String queue, Object body, Map<String, Object> properties, boolean persistent) {}

    final List<Sent> sent = new ArrayList<>();
    int openConnections;

    @Nullable
    JMSException failure;

    @Override
    ConnectionFactory connectionFactory(String name) {
        return fake(ConnectionFactory.class, Map.of("createConnection", arguments -> connection()));
    }

    @Override
    Queue queue(String name) throws JMSException {
        failIfTold();
        return destination(name);
    }

    static Queue destination(String name) {
        return fake(Queue.class, Map.of("getQueueName", arguments -> name));
    }

    private Connection connection() throws JMSException {
        failIfTold();
        openConnections++;
        return fake(Connection.class, Map.of("createSession", arguments -> session(), "close", arguments -> {
            openConnections--;
            return null;
        }));
    }

    private Session session() {
        return fake(
                Session.class,
                Map.of(
                        "createQueue", arguments -> destination((String) arguments[0]),
                        "createTextMessage", arguments -> message(TextMessage.class, arguments[0]),
                        "createBytesMessage", arguments -> message(BytesMessage.class, new byte[0]),
                        "createProducer", arguments -> producer(((Queue) arguments[0]).getQueueName())));
    }

    private MessageProducer producer(String queue) {
        boolean[] persistent = {false};
        return fake(
                MessageProducer.class,
                Map.of(
                        "setDeliveryMode",
                        arguments -> {
                            persistent[0] = arguments[0].equals(jakarta.jms.DeliveryMode.PERSISTENT);
                            return null;
                        },
                        "send",
                        arguments -> {
                            failIfTold();
                            Contents contents = ((Contents) ((Message) arguments[0]).getObjectProperty("contents"));
                            sent.add(new Sent(queue, contents.body, contents.properties, persistent[0]));
                            return null;
                        }));
    }

    private void failIfTold() throws JMSException {
        if (failure != null) {
            throw failure;
        }
    }

    private static final class Contents {
        Object body;

        final Map<String, Object> properties = new HashMap<>();

        Contents(Object body) {
            this.body = body;
        }
    }

    /** A message that was moved to its queue from the one of dead letters, which it names still. */
    static <T extends Message> T message(Class<T> type, Object body) {
        Contents contents = new Contents(body);
        Call property = arguments -> contents.properties.put((String) arguments[0], arguments[1]);
        return fake(
                type,
                Map.ofEntries(
                        Map.entry("getObjectProperty", arguments -> contents),
                        Map.entry("setStringProperty", property),
                        Map.entry("setBooleanProperty", property),
                        Map.entry("getJMSDestination", arguments -> destination("zipkin.dlq")),
                        Map.entry("getText", arguments -> contents.body),
                        Map.entry("getBodyLength", arguments -> (long) ((byte[]) contents.body).length),
                        Map.entry("reset", arguments -> null),
                        Map.entry("toString", arguments -> "a " + type.getSimpleName()),
                        Map.entry("writeBytes", arguments -> contents.body = ((byte[]) arguments[0]).clone()),
                        Map.entry("readBytes", arguments -> {
                            byte[] all = (byte[]) contents.body;
                            System.arraycopy(all, 0, arguments[0], 0, all.length);
                            return all.length;
                        })));
    }

    /** What a method does. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object with(Object[] arguments) throws JMSException;
    }

    static <T> T fake(Class<T> type, Map<String, Call> calls) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Call call = calls.get(method.getName());
                    if (call != null) {
                        return call.with(arguments);
                    }
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.toString());
                }));
    }
}
