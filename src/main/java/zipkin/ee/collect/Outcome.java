package zipkin.ee.collect;

import zipkin.ee.codec.MalformedSpansException;

/** What became of a message. A transport acknowledges only {@link Stored}. */
public sealed interface Outcome {
    /** The storage has the message's spans, or there was nothing to store. Acknowledge it. */
    record Stored() implements Outcome {
        static final Stored INSTANCE = new Stored();
    }

    /**
     * The message can't be read, now or ever. Answer 400 or dead-letter it; never redeliver.
     *
     * @param reason the decoder's message
     * @param tooLarge whether all that is wrong is its size: 413 rather than 400
     */
    record Malformed(String reason, boolean tooLarge) implements Outcome {
        public Malformed(String reason) {
            this(reason, false);
        }

        static Malformed of(MalformedSpansException e) {
            String message = e.getMessage();
            return new Malformed(message == null ? "Cannot decode spans" : message);
        }
    }

    /**
     * The storage is overloaded or down, or it failed: nothing is known to be stored. Answer 503 or
     * redeliver.
     *
     * @param reason for the client and the log
     */
    record TryLater(String reason) implements Outcome {}
}
