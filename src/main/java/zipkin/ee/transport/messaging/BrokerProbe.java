package zipkin.ee.transport.messaging;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker for an answer, within two seconds. One question at a time: while the broker leaves
 * one open, all wait for that.
 */
final class BrokerProbe {
    private static final long LIMIT_SECONDS = 2;

    /**
     * Something that only the broker itself can answer, through whatever pools and reconnecting
     * clients are between.
     */
    @FunctionalInterface
    interface Question {
        void ask(Session session) throws JMSException;
    }

    private final JmsNames names;
    private final String factory;
    private final Question question;
    private final Executor pool;
    private @Nullable CompletableFuture<@Nullable String> open;

    /**
     * @param factory name of the broker's connection factory
     * @param pool of one thread, which a broker may hold as long as it likes
     */
    BrokerProbe(JmsNames names, String factory, Question question, Executor pool) {
        this.names = names;
        this.factory = factory;
        this.question = question;
        this.pool = pool;
    }

    /** Why the broker does not answer; null when it does. */
    @Nullable
    String problem() {
        try {
            return asked().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return "The broker does not answer within " + LIMIT_SECONDS + " s.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "The server is being stopped.";
        } catch (ExecutionException | RejectedExecutionException e) {
            return "The broker cannot be asked: " + e;
        }
    }

    private synchronized CompletableFuture<@Nullable String> asked() {
        if (open == null || open.isDone()) {
            open = CompletableFuture.supplyAsync(this::ask, pool);
        }
        return open;
    }

    private @Nullable String ask() {
        try (Connection connection = names.connectionFactory(factory).createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            question.ask(session);
            return null;
        } catch (JMSException | RuntimeException e) {
            return "The broker cannot be reached: " + rootMessage(e);
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
