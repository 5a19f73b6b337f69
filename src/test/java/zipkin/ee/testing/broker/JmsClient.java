package zipkin.ee.testing.broker;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.broker.Broker.DeadLetter;

/**
 * A sender and a browser over one connection, which is replaced when it fails. JSON is sent as
 * text, all else as bytes.
 */
final class JmsClient implements AutoCloseable {
    /** A JMS call that failed. */
    static final class JmsFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JmsFailure(JMSException cause) {
            super(cause);
        }
    }

    /**
     * For the address of an Artemis that will be killed: its client waits for half a minute for
     * answers of a broker that is gone.
     */
    static final String SHORT_CALLS = "callTimeout=5000";

    private interface Call<T> {
        T on(Session session) throws JMSException;
    }

    private final ConnectionFactory factory;
    private @Nullable Connection connection;
    private @Nullable Session session;

    JmsClient(ConnectionFactory factory) {
        this.factory = factory;
    }

    synchronized void send(String queue, byte[] body) {
        onSession(session -> {
            try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
                producer.setDeliveryMode(DeliveryMode.PERSISTENT);
                Message message = message(session, body);
                producer.send(message);
                return message;
            }
        });
    }

    private static Message message(Session session, byte[] body) throws JMSException {
        if (body.length > 0 && (body[0] == '[' || body[0] == '{')) {
            return session.createTextMessage(new String(body, StandardCharsets.UTF_8));
        }
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    synchronized List<DeadLetter> deadLetters(String queue) {
        return onSession(session -> {
            List<DeadLetter> letters = new ArrayList<>();
            try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
                Enumeration<?> messages = browser.getEnumeration();
                while (messages.hasMoreElements()) {
                    letters.add(letter((Message) messages.nextElement()));
                }
            } catch (InvalidDestinationException e) {
                return List.of();
            }
            return letters;
        });
    }

    /**
     * Does something on the session. One that turns out to be closed, as it is when its broker was
     * restarted or did not answer its pings in time, did nothing yet: a fresh one does it.
     */
    private <T> T onSession(Call<T> call) {
        boolean fresh = session == null;
        try {
            return call.on(session());
        } catch (IllegalStateException e) {
            close();
            if (fresh) {
                throw new JmsFailure(e);
            }
            return onSession(call);
        } catch (JMSException e) {
            close();
            throw new JmsFailure(e);
        }
    }

    private static DeadLetter letter(Message message) throws JMSException {
        String reason = message.getStringProperty("zipkin_reason");
        if (message instanceof TextMessage text) {
            return new DeadLetter(text.getText(), reason);
        }
        BytesMessage bytes = (BytesMessage) message;
        byte[] body = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(body);
        return new DeadLetter(new String(body, StandardCharsets.UTF_8), reason);
    }

    private Session session() throws JMSException {
        Session open = session;
        if (open == null) {
            Connection fresh = factory.createConnection();
            connection = fresh;
            fresh.start();
            open = fresh.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session = open;
        }
        return open;
    }

    /** Does not wait for the connection's end: a client whose broker is gone takes 30 s for it. */
    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        session = null;
        if (open != null) {
            Thread closer = new Thread(() -> close(open), "close JMS");
            closer.setDaemon(true);
            closer.start();
        }
    }

    private static void close(Connection open) {
        try {
            open.close();
        } catch (JMSException e) {
            System.getLogger(JmsClient.class.getName()).log(System.Logger.Level.DEBUG, "Cannot close", e);
        }
    }
}
