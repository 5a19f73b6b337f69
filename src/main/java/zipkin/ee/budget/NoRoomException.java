package zipkin.ee.budget;

/** A budget lacks what a message needs. Has no stack trace, because attacks cause many. */
public final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long needed;
    private final long limit;

    /**
     * @param needed what the message needs, including what it already holds
     * @param limit the limit of the budget
     */
    public NoRoomException(long needed, long limit) {
        super(needed + " of " + limit, null, false, false);
        this.needed = needed;
        this.limit = limit;
    }

    /** The total that the message needs. */
    public long needed() {
        return needed;
    }

    /** Whether a retry can succeed: the message would fit if nothing else were held. */
    public boolean isTemporary() {
        return needed <= limit;
    }
}
