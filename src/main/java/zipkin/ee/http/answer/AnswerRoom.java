package zipkin.ee.http.answer;

import jakarta.servlet.http.HttpServletRequest;
import zipkin.ee.http.AskForLessException;
import zipkin.ee.http.TryLaterException;

/**
 * What the answer to one request holds of the budget of all answers, while it is made and until the
 * client has read it. Thread safe: a timer may give it back.
 */
public final class AnswerRoom {
    /**
     * Smaller answers are not counted: they take no more than the server's own buffer of each
     * connection.
     */
    static final int UNCOUNTED_BYTES = 8 * 1024;

    private final AnswerMemory memory;
    private long held;
    private boolean released;
    private volatile boolean shared;

    AnswerRoom(AnswerMemory memory) {
        this.memory = memory;
    }

    /** The room of a request's answer. To be called by the thread of the request. */
    public static AnswerRoom of(HttpServletRequest request) {
        return Answer.of(request).room();
    }

    /**
     * Has at least this much held, in all.
     *
     * @throws TryLaterException when there is no room
     * @throws AskForLessException when there never is as much
     */
    public void require(long bytes) {
        if (hold(bytes)) {
            return;
        }
        if (bytes > memory.limit()) {
            throw new AskForLessException("The answer and the spans that it is made of take more than"
                    + " HTTP_ANSWERS_MAX_BYTES=" + memory.limit() + " bytes");
        }
        throw new TryLaterException("Too many answers are being made or read. Try again later.");
    }

    /** The same for so much beside what is held. */
    public void requireMore(long bytes) {
        require(held() + bytes);
    }

    private synchronized long held() {
        return held;
    }

    /** The same; false when there is no room, and then what was held before stays. */
    public synchronized boolean hold(long bytes) {
        if (released) {
            return false;
        }
        if (bytes <= Math.max(held, UNCOUNTED_BYTES)) {
            return true;
        }
        if (!memory.take(bytes - held)) {
            return false;
        }
        held = bytes;
        return true;
    }

    /** Gives back all but this. */
    synchronized void shrinkTo(long bytes) {
        if (bytes < held) {
            memory.giveBack(held - bytes);
            held = bytes;
        }
    }

    /** Gives all back, for good; again without effect. */
    synchronized void release() {
        memory.giveBack(held);
        held = 0;
        released = true;
    }

    /**
     * To be called when the content is an array that all answers of its kind share: it is neither
     * copied nor counted.
     */
    public void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }
}
