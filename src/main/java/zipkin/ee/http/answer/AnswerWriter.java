package zipkin.ee.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes one answer as far as the connection takes it, whenever it does. The container calls one
 * method of the listener at a time, on the thread that serves the connection; {@link #giveUp} comes
 * from other threads.
 */
final class AnswerWriter implements WriteListener {
    /** What is written at once: a container copies what the connection does not take of it. */
    static final int CHUNK = 32 * 1024;

    private final ServletOutputStream out;
    private final AnswerContent content;
    private final AnswerRoom room;
    private final AnswerMemory memory;
    private final Runnable whenWritten;
    private final Runnable whenBroken;
    private final Runnable closeConnection;
    private final boolean flushed;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean sending;
    private final long startNanos = System.nanoTime();
    private volatile long progressNanos = startNanos;

    /**
     * @param flushed whether the end is sent at once, though the request does not end yet
     * @param whenWritten called once, when everything is written
     * @param whenBroken called instead, when that can't be, or after it when the container can't
     *     send the rest; maybe twice
     * @param closeConnection called when the client is given up, by any thread
     */
    AnswerWriter(
            ServletOutputStream out,
            AnswerContent content,
            AnswerRoom room,
            AnswerMemory memory,
            boolean flushed,
            Runnable whenWritten,
            Runnable whenBroken,
            Runnable closeConnection) {
        this.out = out;
        this.content = content;
        this.room = room;
        this.memory = memory;
        this.flushed = flushed;
        this.whenWritten = whenWritten;
        this.whenBroken = whenBroken;
        this.closeConnection = closeConnection;
    }

    /** Has the container begin. An answer without content is not waited for. */
    void start() {
        if (content.size() > 0) {
            memory.add(this);
        }
        out.setWriteListener(this);
    }

    /**
     * Undertow closes the connection when this throws, but does not call {@link #onError}, as it
     * does for what fails outside of it: without an end of its own, each client that is gone by now
     * would leave its answer here for good.
     */
    @Override
    public void onWritePossible() throws IOException {
        if (ended.get()) {
            return;
        }
        try {
            write();
        } catch (IOException | RuntimeException | Error e) {
            onError(e);
            throw e;
        }
    }

    private void write() throws IOException {
        if (!sending) {
            progressNanos = System.nanoTime();
            sending = true;
        }
        if (content.size() > 0) {
            while (out.isReady()) {
                if (content.send(out, CHUNK) == 0) {
                    if (flushed) {
                        out.flush();
                    }
                    end(whenWritten);
                    return;
                }
                progressNanos = System.nanoTime();
            }
            return;
        }
        if (flushed) {
            out.flush();
        }
        end(whenWritten);
    }

    @Override
    public void onError(Throwable error) {
        content.clear();
        if (!end(whenBroken) && flushed) {
            whenBroken.run(); // what was handed to the container could not be sent by it
        }
    }

    private boolean end(Runnable then) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            memory.remove(this);
            room.release();
            then.run();
        }
        return first;
    }

    /**
     * The client is gone, and the request ended by who has found out: nothing is called any more.
     */
    void forget() {
        if (ended.compareAndSet(false, true)) {
            memory.remove(this);
        }
    }

    /**
     * Whether the client has taken nothing for this long at this time of {@link System#nanoTime()}.
     * That the container has not begun to write, on a busy server, is not the client's fault: its
     * answer is not given up.
     */
    boolean isStalled(long nowNanos, long stalledNanos) {
        return sending && nowNanos - progressNanos > stalledNanos;
    }

    /** Whether it takes longer than this in all, also where the container never begins to write. */
    boolean isLate(long nowNanos, long maxNanos) {
        return nowNanos - startNanos > maxNanos;
    }

    /**
     * Frees the memory and closes the connection, where the container does not do that itself after
     * a time of its own; until then the request goes on.
     */
    void giveUp() {
        content.clear();
        room.release();
        closeConnection.run();
    }
}
