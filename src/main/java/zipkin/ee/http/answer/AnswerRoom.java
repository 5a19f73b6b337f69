package zipkin.ee.http.answer;

import jakarta.servlet.http.HttpServletRequest;
import zipkin.ee.http.AskForLessException;
import zipkin.ee.http.TryLaterException;

/**
 * The bytes that one answer holds of the budget of all answers, until the client has read it.
 * Thread safe: a timer may give them back.
 */
public final class AnswerRoom {
    /** Answers up to this size are not counted: each connection's buffer takes as much. */
    static final int UNCOUNTED_BYTES = 8 * 1024;

    private final AnswerMemory memory;
    private long held;
    private boolean released;
    private volatile boolean shared;

    AnswerRoom(AnswerMemory memory) {
        this.memory = memory;
    }

    /** Returns the room of a request's answer. Only for the thread of the request. */
    public static AnswerRoom of(HttpServletRequest request) {
        return Answer.of(request).room();
    }

    /**
     * Holds at least this many bytes in total.
     *
     * @throws TryLaterException if the budget lacks them at present
     * @throws AskForLessException if they exceed the whole budget
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

    /** Holds this many bytes in addition, with the errors of {@link #require}. */
    public void requireMore(long bytes) {
        require(held() + bytes);
    }

    private synchronized long held() {
        return held;
    }

    /** Holds at least this many bytes in total. Returns false and changes nothing without room. */
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

    /** Gives back everything beyond this many bytes. */
    synchronized void shrinkTo(long bytes) {
        if (bytes < held) {
            memory.giveBack(held - bytes);
            held = bytes;
        }
    }

    /** Gives everything back. Nothing can be held afterwards. */
    synchronized void release() {
        memory.giveBack(held);
        held = 0;
        released = true;
    }

    /**
     * Declares that the content is an array shared by answers: it is neither copied nor counted.
     */
    public void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }
}
