package zipkin.ee.transport.scribe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.TimeUnit;
import zipkin.ee.budget.Account;
import zipkin.ee.text.SafeLogger;

/**
 * Reads one call after the other and replies to each; nothing is read while a call is being
 * answered. One thread at a time.
 */
final class ScribeConnection {
    private static final Logger LOGGER = SafeLogger.of(ScribeConnection.class.getName());
    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AsynchronousSocketChannel channel;
    private final ScribeServer server;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private ByteBuffer frame = NOTHING;
    private int frameBytes;
    private long deadlineNanos;
    private Account account = new Account();
    private boolean closed;

    ScribeConnection(AsynchronousSocketChannel channel, ScribeServer server) {
        this.channel = channel;
        this.server = server;
    }

    /**
     * Waits for the next call, which begins within the idle timeout and then arrives whole within
     * that of a frame.
     */
    void readNext() {
        length.clear();
        channel.read(length, server.idleTimeout().toMillis(), TimeUnit.MILLISECONDS, null, new Step() {
            @Override
            void done() {
                deadlineNanos = System.nanoTime() + server.frameTimeout().toNanos();
                readLength();
            }
        });
    }

    private void readLength() {
        if (!length.hasRemaining()) {
            beginFrame();
            return;
        }
        channel.read(length, nanosLeft(), TimeUnit.NANOSECONDS, null, new Step() {
            @Override
            void done() {
                readLength();
            }
        });
    }

    /** At least one: none would be no limit. */
    private long nanosLeft() {
        return Math.max(1, deadlineNanos - System.nanoTime());
    }

    private void beginFrame() {
        frameBytes = length.getInt(0);
        account = new Account();
        if (frameBytes <= 0 || frameBytes > server.maxFrameBytes()) {
            server.refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for a frame of {0} bytes", frameBytes);
            close();
        } else if (grow(Math.min(frameBytes, FIRST_CAPACITY))) {
            readFrame();
        } else {
            close();
        }
    }

    private boolean grow(int capacity) {
        if (!account.take(server.budget(), capacity)) {
            server.refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for want of room");
            return false;
        }
        int before = frame.capacity();
        frame = ByteBuffer.allocate(capacity).put(frame.flip());
        account.giveBack(server.budget(), before);
        return true;
    }

    private void readFrame() {
        channel.read(frame, nanosLeft(), TimeUnit.NANOSECONDS, null, new Step() {
            @Override
            void done() {
                if (frame.position() == frameBytes) {
                    server.answer(ScribeConnection.this);
                } else if (frame.hasRemaining() || grow((int) Math.min(frameBytes, 2L * frame.capacity()))) {
                    readFrame();
                } else {
                    close();
                }
            }
        });
    }

    /** What the call that is being answered holds of budgets; closed with its reply. */
    Account account() {
        return account;
    }

    /** The frame that has arrived, once: the connection lets it go, but for the account. */
    byte[] takeFrame() {
        byte[] taken = frame.array();
        frame = NOTHING;
        return taken;
    }

    /** Sends a whole frame, then waits for the next call. */
    void reply(ByteBuffer answer) {
        account.close();
        deadlineNanos = System.nanoTime() + server.frameTimeout().toNanos();
        write(answer);
    }

    private void write(ByteBuffer answer) {
        channel.write(answer, nanosLeft(), TimeUnit.NANOSECONDS, null, new Step() {
            @Override
            void done() {
                if (answer.hasRemaining()) {
                    write(answer);
                } else {
                    readNext();
                }
            }
        });
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        account.close();
        frame = NOTHING;
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "Cannot close a connection", e);
        } finally {
            server.closed(this);
        }
    }

    private abstract class Step implements CompletionHandler<Integer, Void> {
        /** Some bytes went. */
        abstract void done();

        @Override
        public void completed(Integer count, Void none) {
            if (count < 0) {
                close();
                return;
            }
            try {
                done();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A Scribe client was closed", e);
                close();
            }
        }

        @Override
        public void failed(Throwable error, Void none) {
            LOGGER.log(Level.DEBUG, "A Scribe client has gone", error);
            close();
        }
    }
}
