package zipkin.ee.http.body;

import zipkin.ee.budget.NoRoomException;

/**
 * The answer to a body that is refused.
 *
 * @param retryable whether the answer has Retry-After
 */
public record Refusal(int status, String text, boolean retryable) {
    /** The answer to a body that did not fit into the budget after it had arrived. */
    public static Refusal of(NoRoomException e) {
        return e.isTemporary()
                ? of(ReceivedBody.State.NO_ROOM, 0)
                : new Refusal(
                        413,
                        "The body takes " + e.needed() + " bytes, more than COLLECTOR_HTTP_MAX_BUFFERED_BYTES",
                        false);
    }

    /** The answer to a body in this state. */
    public static Refusal of(ReceivedBody.State state, int maxBodyBytes) {
        return switch (state) {
            case TOO_LARGE ->
                new Refusal(
                        413,
                        "The body is larger than COLLECTOR_HTTP_MAX_BYTES=" + maxBodyBytes + ", also when inflated",
                        false);
            case NO_ROOM -> new Refusal(503, "Too many bodies are being received. Try again later.", true);
            case LATE -> new Refusal(408, "The body did not arrive in time", false);
            case BROKEN -> new Refusal(400, "The body did not arrive whole", false);
            case ARRIVING, COMPLETE, REFUSED -> throw new IllegalArgumentException(state + " is not refused");
        };
    }
}
