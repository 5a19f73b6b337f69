package zipkin.ee.http.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.NoRoomException;

/**
 * A body while it arrives and afterwards: a growing array whose capacity is taken out of the
 * {@link BodyBudget}, on the account of its message. Thread safe, since a timer may end it while it
 * is being read.
 */
public final class ReceivedBody {
    private static final String ATTRIBUTE = ReceivedBody.class.getName();
    /** Room that is made at once for a body of an announced length. */
    static final int FIRST_CAPACITY = 64 * 1024;

    /** How a body ended. */
    public enum State {
        ARRIVING,
        COMPLETE,
        TOO_LARGE,
        NO_ROOM,
        BROKEN,
        LATE,
        /** A {@link zipkin.ee.http.RefusedRequest}. */
        REFUSED
    }

    private static final byte[] NOTHING = {};

    private final Budget budget;
    private final Account account = new Account();
    private final int maxBytes;
    private byte[] bytes = NOTHING;
    private int length;
    private int announced = -1;
    private volatile State state = State.ARRIVING;

    ReceivedBody(Budget budget, int maxBytes) {
        this.budget = budget;
        this.maxBytes = maxBytes;
    }

    /**
     * Makes room for a body of an announced length. A length that is only announced takes no memory
     * beyond a first step.
     *
     * @param announcedBytes Content-Length, or -1
     * @return why it has to be refused, or null
     */
    synchronized @Nullable State expect(long announcedBytes) {
        if (announcedBytes > maxBytes) {
            return State.TOO_LARGE;
        }
        announced = (int) announcedBytes;
        return grow(Math.max(0, Math.min(announced, FIRST_CAPACITY)));
    }

    /** The body of a request that a {@link BodyConsumer} takes. */
    public static ReceivedBody of(HttpServletRequest request) {
        Object body = request.getAttribute(ATTRIBUTE);
        if (body instanceof ReceivedBody received) {
            return received;
        }
        throw new IllegalStateException("BodyFilter is not mapped to " + request.getRequestURI());
    }

    /** Whether a {@link BodyConsumer} takes the body of a request. */
    static boolean isAttachedTo(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * What the message holds of budgets; closed by {@link #release}, or by whoever has the
     * message's outcome.
     */
    public Account account() {
        return account;
    }

    public State state() {
        return state;
    }

    /** Ends the body; what it was first stays. */
    synchronized boolean end(State end) {
        if (state != State.ARRIVING) {
            return false;
        }
        state = end;
        return true;
    }

    /**
     * Reads once, what is there.
     *
     * @return why the body has to end, or null when it may go on
     */
    synchronized @Nullable State readFrom(InputStream in) throws IOException {
        if (state != State.ARRIVING) {
            return null; // refused meanwhile, and its memory given back
        }
        if (length == bytes.length) {
            State failure = grow(nextCapacity());
            if (failure != null) {
                return failure;
            }
        }
        int count = in.read(bytes, length, bytes.length - length);
        length += Math.max(0, count);
        return length > maxBytes ? State.TOO_LARGE : null;
    }

    private int nextCapacity() {
        int doubled = Math.max(FIRST_CAPACITY, Math.min(bytes.length * 2, maxBytes + 1));
        return announced > length ? Math.min(doubled, announced) : doubled;
    }

    /** Bytes that have arrived. */
    public synchronized int size() {
        return length;
    }

    private @Nullable State grow(int capacity) {
        if (!account.take(budget, capacity)) {
            return State.NO_ROOM;
        }
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, capacity);
        account.giveBack(budget, before);
        return null;
    }

    /** The first bytes that arrived, at most so many. */
    public synchronized byte[] start(int count) {
        return Arrays.copyOf(bytes, Math.min(count, length));
    }

    /**
     * The message in an array of just its length, which the account holds until it is closed. What
     * arrived is let go.
     *
     * @param from where in the body the message begins
     * @throws IOException as {@link BodyInflater#inflate} does
     * @throws NoRoomException when the budget lacks the message's bytes
     */
    public synchronized byte[] message(int from, ContentCoding coding, BodyInflater inflater) throws IOException {
        byte[] message = bytes;
        if (coding != ContentCoding.IDENTITY) {
            message = inflater.inflate(bytes, from, length, coding, account);
        } else if (from > 0 || length < bytes.length) {
            account.require(budget, length - from);
            message = Arrays.copyOfRange(bytes, from, length);
        }
        if (message != bytes) {
            account.giveBack(budget, bytes.length);
        }
        bytes = NOTHING;
        length = 0;
        return message;
    }

    /** Gives the memory back to the budget, once nobody needs the bytes; again without effect. */
    public synchronized void release() {
        account.close();
        bytes = NOTHING;
        length = 0;
    }
}
