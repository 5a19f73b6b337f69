package zipkin.ee.http.body;

import zipkin.ee.budget.NoRoomException;

/**
 * The answer to a body that did not arrive as it should.
 *
 * @param retryable whether Retry-After goes with it
 */
public record Refusal(int status, String text, boolean retryable) {
    /** Why a body that found no room once it had arrived has to be refused. */
    public static Refusal of(NoRoomException e) {
        return e.isTemporary()
                ? of(ReceivedBody.State.NO_ROOM, 0)
                : new Refusal(
                        413,
                        "The body takes " + e.needed() + " bytes, more than COLLECTOR_HTTP_MAX_BUFFERED_BYTES",
                        false);
    }

    /** Why a body in this state has to be refused, unless its whole request was. */
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
