package zipkin.ee.transport.messaging;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The bytes of a JMS message: those of a BytesMessage, or the text of a TextMessage in UTF-8. */
final class JmsBytes {
    /** Beyond it a dead letter is without its body. */
    static final int MAX_LETTER_BYTES = 64 * 1024 * 1024;

    private JmsBytes() {}

    /**
     * Why the message can't hold spans, whatever is in it; null when it can.
     *
     * @param sizes says what is wrong with a number of bytes, or null
     */
    static @Nullable String refusal(Message message, LongFunction<@Nullable String> sizes) throws JMSException {
        if (message instanceof TextMessage) {
            return null;
        }
        if (!(message instanceof BytesMessage bytes)) {
            return "Expected a BytesMessage or a TextMessage, but received: " + type(message);
        }
        return sizes.apply(bytes.getBodyLength());
    }

    /** The bytes of a message that is not refused. */
    static byte[] of(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            String body = text.getText();
            return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        }
        BytesMessage bytes = (BytesMessage) message;
        byte[] body = new byte[(int) bytes.getBodyLength()];
        // A retry reads the message again.
        bytes.reset();
        bytes.readBytes(body);
        return body;
    }

    /** The JMS interface: names of a broker's classes mean nothing to an operator. */
    private static String type(Message message) {
        for (Class<?> type : new Class<?>[] {
            jakarta.jms.ObjectMessage.class, jakarta.jms.MapMessage.class, jakarta.jms.StreamMessage.class
        }) {
            if (type.isInstance(message)) {
                return type.getSimpleName();
            }
        }
        return "Message without a body";
    }
}
