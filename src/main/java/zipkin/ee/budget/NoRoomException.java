package zipkin.ee.budget;

/**
 * A budget lacks what a message needs. Without a stack trace, since an attack makes many of them.
 */
public final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long needed;
    private final long limit;

    /**
     * @param needed by the message, with what it holds already
     * @param limit of the budget
     */
    public NoRoomException(long needed, long limit) {
        super(needed + " of " + limit, null, false, false);
        this.needed = needed;
        this.limit = limit;
    }

    /** What the message needs in all. */
    public long needed() {
        return needed;
    }

    /** Whether the message would find room if nothing else were held: it may be tried again. */
    public boolean isTemporary() {
        return needed <= limit;
    }
}
