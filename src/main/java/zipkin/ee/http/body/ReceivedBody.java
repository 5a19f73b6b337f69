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
 * The body of a request, during and after its arrival: a growing array whose capacity is taken from
 * the {@link BodyBudget} by the message's account. Thread safe, since a timer may end it while it
 * is being read.
 */
public final class ReceivedBody {
    private static final String ATTRIBUTE = ReceivedBody.class.getName();
    /** Largest capacity that is allocated for an announced length. */
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
     * Allocates memory for a body of an announced length, but only a first part: a client may
     * announce more than it sends.
     *
     * @param announcedBytes Content-Length, or -1
     * @return why the body has to be refused, or null
     */
    synchronized @Nullable State expect(long announcedBytes) {
        if (announcedBytes > maxBytes) {
            return State.TOO_LARGE;
        }
        announced = (int) announcedBytes;
        return grow(Math.max(0, Math.min(announced, FIRST_CAPACITY)));
    }

    /** Returns the body of a request that a {@link BodyConsumer} takes. */
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

    /** Closed by {@link #release}, or by whoever knows the outcome of the message. */
    public Account account() {
        return account;
    }

    public State state() {
        return state;
    }

    /** Ends the body. The first final state wins; returns whether this is it. */
    synchronized boolean end(State end) {
        if (state != State.ARRIVING) {
            return false;
        }
        state = end;
        return true;
    }

    /**
     * Reads once from the stream.
     *
     * @return why the body has to be refused, or null
     */
    synchronized @Nullable State readFrom(InputStream in) throws IOException {
        if (state != State.ARRIVING) {
            return null; // refused in the meantime, and its memory freed
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

    /** Returns up to {@code count} bytes from the beginning. */
    public synchronized byte[] start(int count) {
        return Arrays.copyOf(bytes, Math.min(count, length));
    }

    /**
     * Returns the message in an array of exactly its length, which the account holds until it is
     * closed, and frees the body.
     *
     * @param from where in the body the message begins
     * @throws IOException from {@link BodyInflater#inflate}
     * @throws NoRoomException if the budget lacks the message's bytes
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

    /** Frees the body and closes the account. */
    public synchronized void release() {
        account.close();
        bytes = NOTHING;
        length = 0;
    }
}
