package zipkin.ee.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes one answer whenever the connection is ready. The container calls one method of the
 * listener at a time, on the connection's I/O thread; {@link #giveUp} is called by other threads.
 */
final class AnswerWriter implements WriteListener {
    /** Bytes of one write. Containers copy what the connection does not take of it. */
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
     * @param flushed whether to flush at the end, because the request continues
     * @param whenWritten called once when everything is written
     * @param whenBroken called instead on failure, or in addition if the container cannot send the
     *     rest; possibly twice
     * @param closeConnection called by any thread to drop the client
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

    /** Starts writing. */
    void start() {
        if (content.size() > 0) {
            memory.add(this);
        }
        out.setWriteListener(this);
    }

    /**
     * Writes as much as the connection takes. Undertow does not call {@link #onError} for what this
     * method throws, so it does that itself.
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
            whenBroken.run(); // the container could not send what it had taken
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

    /** Prevents all calls, because the request has been completed elsewhere. */
    void forget() {
        if (ended.compareAndSet(false, true)) {
            memory.remove(this);
        }
    }

    /**
     * Whether the client has read nothing for some time. Not true before the container has begun to
     * write, since a busy server is not the client's fault.
     */
    boolean isStalled(long nowNanos, long stalledNanos) {
        return sending && nowNanos - progressNanos > stalledNanos;
    }

    /** Whether the answer takes too long in total, even if the container never begins to write. */
    boolean isLate(long nowNanos, long maxNanos) {
        return nowNanos - startNanos > maxNanos;
    }

    /**
     * Frees the memory and closes the connection if the container has no timeout for that. The
     * request remains until the connection is closed.
     */
    void giveUp() {
        content.clear();
        room.release();
        closeConnection.run();
    }
}
