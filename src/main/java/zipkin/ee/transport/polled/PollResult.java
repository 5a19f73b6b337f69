package zipkin.ee.transport.polled;

import org.jspecify.annotations.Nullable;

/**
 * When a poller is polled again.
 *
 * @param restMillis the rest after a poll without a problem
 * @param problem for an operator: why messages have to be delivered again; null when all is well
 * @param over whether there is nothing more to poll
 */
public record PollResult(long restMillis, @Nullable String problem, boolean over) {
    /** The poller has no more messages, now or later. */
    public static final PollResult OVER = new PollResult(0, null, true);

    /** All messages are settled. */
    public static PollResult again(long restMillis) {
        return new PollResult(restMillis, null, false);
    }

    /** Some messages have to be delivered again, after a pause that doubles each time. */
    public static PollResult failed(String problem) {
        return new PollResult(0, problem, false);
    }
}
