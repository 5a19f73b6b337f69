package zipkin.ee.connector;

/** What the application says of one message. */
public sealed interface Outcome {
    /** Acknowledge it. */
    record Stored() implements Outcome {
        static final Stored INSTANCE = new Stored();
    }

    /**
     * It can't be read, now or ever: put it among the dead letters with the reason, then
     * acknowledge it.
     */
    record Malformed(String reason) implements Outcome {}

    /** Nothing is known to be stored: deliver it again after a while. */
    record TryLater(String reason) implements Outcome {}
}
