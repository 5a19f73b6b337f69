package zipkin.ee.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes one answer as far as the connection takes it, whenever it does. The container calls one method of the listener at a
 * time, on the thread that serves the connection; {@link #giveUp} comes from other threads.
 */
final class AnswerWriter implements WriteListener {
    /** What is written at once: a container copies what the connection does not take of it. */
    static final int CHUNK = 32 * 1024;

    private final ServletOutputStream out;
    private final AnswerContent content;
    private final AnswerRoom room;
    private final AnswerMemory memory;
    private final Runnable whenWritten;
    private final Runnable closeConnection;
    private final boolean flushed;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean sending;
    private final long startNanos = System.nanoTime();
    private volatile long progressNanos = startNanos;

    /**
     * @param flushed whether the end is sent at once, though the request does not end yet
     * @param whenWritten called once, when everything is written or can't be
     * @param closeConnection called when the client is given up, by any thread
     */
    AnswerWriter(
            ServletOutputStream out,
            AnswerContent content,
            AnswerRoom room,
            AnswerMemory memory,
            boolean flushed,
            Runnable whenWritten,
            Runnable closeConnection) {
        this.out = out;
        this.content = content;
        this.room = room;
        this.memory = memory;
        this.flushed = flushed;
        this.whenWritten = whenWritten;
        this.closeConnection = closeConnection;
    }

    /** Has the container begin. An answer without content is not waited for. */
    void start() {
        if (content.size() > 0) {
            memory.add(this);
        }
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        if (ended.get()) {
            return;
        }
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
                    end();
                    return;
                }
                progressNanos = System.nanoTime();
            }
            return;
        }
        if (flushed) {
            out.flush();
        }
        end();
    }

    @Override
    public void onError(Throwable error) {
        content.clear();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            memory.remove(this);
            room.release();
            whenWritten.run();
        }
    }

    /**
     * Whether the client has taken nothing for this long at this time of {@link System#nanoTime()}. That the container has not begun to
     * write, on a busy server, is not the client's fault: its answer is not given up.
     */
    boolean isStalled(long nowNanos, long stalledNanos) {
        return sending && nowNanos - progressNanos > stalledNanos;
    }

    /** Whether the client has taken longer than this in all. */
    boolean isLate(long nowNanos, long maxNanos) {
        return sending && nowNanos - startNanos > maxNanos;
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
