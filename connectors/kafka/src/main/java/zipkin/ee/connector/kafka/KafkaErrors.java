package zipkin.ee.connector.kafka;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState.State;

/** What Kafka's exceptions mean for an operator, and what to do about them. */
final class KafkaErrors {
    private static final String OVERRIDES = "ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_<PROPERTY>";

    private KafkaErrors() {}

    /**
     * @param state what the loop is in until the next try
     * @param detail for an operator
     * @param expected whether the text says it all, so that a log needs no stack trace
     */
    record Failure(State state, String detail, boolean expected) {}

    /** Why a consumer had to be given up. */
    static Failure of(Throwable e, ConsumerSettings settings) {
        String kafka = "Kafka at " + settings.bootstrapServers();
        if (find(e, AuthenticationException.class) != null) {
            return expected(kafka + " refuses the login: " + text(e)
                    + ". Check security.protocol and the properties of sasl and ssl (" + OVERRIDES + ").");
        }
        TopicAuthorizationException topics = find(e, TopicAuthorizationException.class);
        if (topics != null) {
            return expected(kafka + " does not let this user read " + topics.unauthorizedTopics()
                    + ". Grant it READ and DESCRIBE on them.");
        }
        if (find(e, GroupAuthorizationException.class) != null) {
            return expected(kafka + " does not let this user into group " + settings.groupId()
                    + ". Grant it READ on the group, or set KAFKA_GROUP_ID to another.");
        }
        if (find(e, AuthorizationException.class) != null) {
            return expected(kafka + " does not let this user in: " + text(e) + ".");
        }
        String text = text(e);
        if (text.contains("No resolvable bootstrap urls")) {
            return new Failure(
                    State.CONNECTING,
                    "KAFKA_BOOTSTRAP_SERVERS=" + settings.bootstrapServers()
                            + ": no address is found for any of these names. Tries again by itself.",
                    true);
        }
        if (find(e, ConfigException.class) != null || text.contains("JAAS")) {
            return expected("A property of the consumer is wrong: " + text + ". See " + OVERRIDES + ".");
        }
        return new Failure(State.WAITING, "The consumer failed and is recreated: " + text, false);
    }

    /** Why a dead letter, and with it its source, has to wait. */
    static String deadLetter(String topic, Exception e) {
        return "Dead letters cannot be sent to " + topic + ": " + text(e)
                + ". Create the topic, let this user write to it, or set KAFKA_DEAD_LETTERS=false.";
    }

    /** The last cause that says anything. */
    static String text(Throwable e) {
        Throwable telling = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            telling = cause.getMessage() == null ? telling : cause;
        }
        String message = telling.getMessage();
        String name = telling.getClass().getSimpleName();
        return message == null ? name : name + ": " + message.replaceFirst("\\.\\s*$", "");
    }

    private static Failure expected(String detail) {
        return new Failure(State.WAITING, detail, true);
    }

    private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
