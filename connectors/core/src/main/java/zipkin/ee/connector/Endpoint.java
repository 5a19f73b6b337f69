package zipkin.ee.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.MessageListener;
import jakarta.resource.cci.Record;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The message-driven bean as an adapter sees it. Any number of threads may deliver at the same
 * time; each call takes an instance from the container's pool.
 *
 * <p>The bean takes an {@link jakarta.resource.cci.IndexedRecord} of byte arrays, with a message of
 * OTLP alone in a further one that is named {@code otlp}. It answers with another that has an
 * element for each message: null when it is stored, a String with the reason when it is malformed,
 * a {@link ResourceException} when it should come again.
 */
public final class Endpoint {
    private static final Logger LOGGER = SafeLogger.of(Endpoint.class.getName());
    private static final Method ON_MESSAGE = onMessage();

    private final MessageEndpointFactory factory;

    public Endpoint(MessageEndpointFactory factory) {
        this.factory = factory;
    }

    /**
     * Hands the messages over in one call and waits for the answers. Never throws: a failure at any
     * step is a {@link Outcome.TryLater} for every message.
     *
     * @return an answer for each message, in order
     */
    public List<Outcome> deliver(List<Payload> messages) {
        try {
            MessageEndpoint endpoint = factory.createEndpoint(null);
            try {
                return answers(deliver(endpoint, MessageRecord.of(messages)), messages.size());
            } finally {
                endpoint.release();
            }
        } catch (ResourceException | NoSuchMethodException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.DEBUG, "The application did not take " + messages.size() + " messages", e);
            return Collections.nCopies(messages.size(), new Outcome.TryLater(describe(e)));
        }
    }

    /**
     * Between beforeDelivery and afterDelivery, as the container wants it; afterDelivery has to
     * follow whatever happens.
     */
    private static @Nullable Record deliver(MessageEndpoint endpoint, MessageRecord messages)
            throws ResourceException, NoSuchMethodException {
        endpoint.beforeDelivery(ON_MESSAGE);
        @Nullable Record answer;
        try {
            answer = ((MessageListener) endpoint).onMessage(messages);
        } catch (ResourceException | RuntimeException | LinkageError e) {
            try {
                endpoint.afterDelivery();
            } catch (ResourceException | RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
        endpoint.afterDelivery();
        return answer;
    }

    private static List<Outcome> answers(@Nullable Record record, int count) throws ResourceException {
        if (!(record instanceof List<?> list) || list.size() != count) {
            throw new ResourceException("The application did not answer for each of " + count + " messages");
        }
        List<Outcome> answers = new ArrayList<>(count);
        for (Object element : list) {
            answers.add(answer(element));
        }
        return answers;
    }

    private static Outcome answer(@Nullable Object element) throws ResourceException {
        if (element == null) {
            return Outcome.Stored.INSTANCE;
        }
        if (element instanceof String reason) {
            return new Outcome.Malformed(reason);
        }
        if (element instanceof ResourceException later) {
            return new Outcome.TryLater(describe(later));
        }
        throw new ResourceException("Unexpected answer type: " + element.getClass());
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static Method onMessage() {
        try {
            return MessageListener.class.getMethod("onMessage", Record.class);
        } catch (NoSuchMethodException e) {
            throw new LinkageError("jakarta.resource.cci.MessageListener has no onMessage", e);
        }
    }
}
