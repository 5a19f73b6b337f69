package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what failed and what to do about it, for the operator. No text holds a password. */
final class RabbitErrors {
    private static final int VIRTUAL_HOST_REFUSED = AMQP.NOT_ALLOWED;

    private final RabbitConfig config;

    RabbitErrors(RabbitConfig config) {
        this.config = config;
    }

    /** Why there is no connection. */
    String ofConnecting(@Nullable Throwable failure) {
        String place = "RabbitMQ at " + config.place();
        if (failure instanceof AuthenticationFailureException) {
            return place + " refuses the user or the password (ACCESS_REFUSED): correct " + config.credentialSettings();
        }
        if (failure instanceof PossibleAuthenticationFailureException) {
            return place + " ended the connection at login: correct " + config.credentialSettings();
        }
        Reply reply = Reply.of(failure);
        if (reply != null && reply.code() == VIRTUAL_HOST_REFUSED) {
            return place + ": " + reply.text() + ": correct " + config.virtualHostSetting()
                    + ", or give the user rights in it";
        }
        if (reply != null) {
            return place + ": " + reply.text();
        }
        return place + ": " + ofNetwork(failure);
    }

    private String ofNetwork(@Nullable Throwable failure) {
        SSLException tls = cause(failure, SSLException.class);
        if (tls != null) {
            return "no TLS: " + tls.getMessage()
                    + ". The JVM's trust store has to hold the issuer of the broker's certificate,"
                    + " which has to be for that host";
        }
        UnknownHostException host = cause(failure, UnknownHostException.class);
        if (host != null) {
            return "unknown host " + host.getMessage();
        }
        ConnectException refused = cause(failure, ConnectException.class);
        if (refused != null) {
            return text(refused);
        }
        if (failure instanceof TimeoutException) {
            return "no answer in time. Does it speak " + (config.tls() ? "TLS" : "AMQP without TLS") + " on this port?";
        }
        return failure == null ? "the connection was lost" : text(root(failure));
    }

    /** Why no messages come over a connection that is there. */
    String ofConsuming(@Nullable Throwable failure) {
        String what = "The queue " + config.queue() + " of " + config.place();
        if (failure == null) {
            return what + " was deleted, or its node is gone";
        }
        Reply reply = Reply.of(failure);
        if (reply == null) {
            return what + ": " + ofNetwork(failure);
        }
        if (reply.code() == AMQP.ACCESS_REFUSED) {
            return what + ": " + reply.text()
                    + ": give the user the rights to read it, and to configure it when it is missing";
        }
        return what + ": " + reply.text();
    }

    /** Why dead letters can't be sent; the messages come again until they can. */
    String ofDeadLetters(Throwable failure) {
        Reply reply = Reply.of(failure);
        String reason = reply != null ? reply.text() : text(failure);
        return "Messages that can't be read can't be put into the queue " + config.deadLetterQueue() + ": " + reason
                + ". Give the user the rights to write the default exchange (amq.default), and to "
                + "configure the queue when it is missing, or set RABBIT_DEAD_LETTERS=false";
    }

    /** What the broker said when it closed a channel or a connection. */
    private record Reply(int code, String text) {
        static @Nullable Reply of(@Nullable Throwable failure) {
            ShutdownSignalException signal = cause(failure, ShutdownSignalException.class);
            Method reason = signal == null ? null : signal.getReason();
            if (reason instanceof AMQP.Channel.Close close) {
                return new Reply(close.getReplyCode(), close.getReplyText());
            }
            if (reason instanceof AMQP.Connection.Close close) {
                return new Reply(close.getReplyCode(), close.getReplyText());
            }
            return null;
        }
    }

    private static <T extends Throwable> @Nullable T cause(@Nullable Throwable failure, Class<T> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable e = root.getCause(); e != null; e = e.getCause()) {
            root = e;
        }
        return root;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
