package zipkin.ee.transport.polled;

/** A part of a broker that is polled again and again, by one thread at a time. */
public interface Poller {
    /**
     * Polls once: takes messages, has them stored, and acknowledges or dead-letters each.
     *
     * @param backOffMillis the pause that follows if this poll fails
     * @throws RuntimeException when the broker can't be used now; it is polled again later
     */
    PollResult poll(long backOffMillis);

    /** Called once, on a thread of the loop, when the loop has been stopped and polls no more. */
    default void end() {}
}
