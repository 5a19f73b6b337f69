package zipkin.ee.transport.messaging;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.util.function.UnaryOperator;
import zipkin.ee.fault.DeadLetterHeaders;

/**
 * Sends messages that can't be read to a queue of the broker they came from, with why in their
 * properties. On a bean's thread this is part of its transaction: the message is there if and only
 * if it left its queue.
 */
class DeadLetters {
    private static final String SOURCE = "zipkin-source";

    /**
     * The queue that messages come from, by its name in the broker. A message itself may name
     * another: one that an administrator has moved.
     */
    @FunctionalInterface
    interface Source {
        String name() throws JMSException;
    }

    private final JmsNames names;
    private final String factory;
    private final Source queue;
    private final UnaryOperator<String> queueOf;
    private final Clock clock;

    /**
     * @param factory name of the broker's connection factory
     * @param queueOf the queue of dead letters of a queue
     */
    DeadLetters(JmsNames names, String factory, Source queue, UnaryOperator<String> queueOf, Clock clock) {
        this.names = names;
        this.factory = factory;
        this.queue = queue;
        this.queueOf = queueOf;
        this.clock = clock;
    }

    /** Returns the name of the queue that has it when the transaction is committed. */
    String send(Message message, String reason) throws JMSException {
        String source = queue.name();
        String target = queueOf.apply(source);
        try (Connection connection = names.connectionFactory(factory).createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(target))) {
            Message letter = copy(message, session);
            set(letter, DeadLetterHeaders.REASON, DeadLetterHeaders.shortened(reason));
            set(letter, SOURCE, source);
            set(letter, DeadLetterHeaders.TIME, clock.instant().toString());
            producer.send(letter);
        }
        return target;
    }

    /** JMS allows no hyphens in names of properties. */
    private static void set(Message letter, String header, String value) throws JMSException {
        letter.setStringProperty(header.replace('-', '_'), value);
    }

    /**
     * A new message: some brokers' clients lose track of a received one that is sent on. A
     * type that cannot hold spans is described in words.
     */
    private static Message copy(Message message, Session session) throws JMSException {
        if (message instanceof TextMessage text) {
            return session.createTextMessage(text.getText());
        }
        if (message instanceof BytesMessage bytes && bytes.getBodyLength() <= JmsBytes.MAX_LETTER_BYTES) {
            BytesMessage letter = session.createBytesMessage();
            letter.writeBytes(JmsBytes.of(message));
            return letter;
        }
        return session.createTextMessage(message.toString());
    }
}
