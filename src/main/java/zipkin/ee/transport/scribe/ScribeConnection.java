package zipkin.ee.transport.scribe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.TimeUnit;
import zipkin.ee.text.SafeLogger;

/**
 * Reads one call after the other and replies to each; nothing is read while a call is being answered. One thread at a time.
 */
final class ScribeConnection {
    private static final Logger LOGGER = SafeLogger.of(ScribeConnection.class.getName());
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final AsynchronousSocketChannel channel;
    private final ScribeServer server;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private int frameBytes;
    private boolean closed;

    ScribeConnection(AsynchronousSocketChannel channel, ScribeServer server) {
        this.channel = channel;
        this.server = server;
    }

    /** Waits for the next call, for as long as the client likes. */
    void readNext() {
        length.clear();
        channel.read(length, null, new Step() {
            @Override
            void done() {
                if (length.hasRemaining()) {
                    channel.read(length, null, this);
                } else {
                    beginFrame();
                }
            }
        });
    }

    private void beginFrame() {
        frameBytes = length.getInt(0);
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
        if (!server.budget().take((long) capacity - frame.capacity())) {
            server.refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for want of room");
            return false;
        }
        frame = ByteBuffer.allocate(capacity).put(frame.flip());
        return true;
    }

    private void readFrame() {
        channel.read(frame, server.frameTimeout().toMillis(), TimeUnit.MILLISECONDS, null, new Step() {
            @Override
            void done() {
                if (frame.position() == frameBytes) {
                    byte[] call = frame.array();
                    server.answer(call, ScribeConnection.this);
                } else if (frame.hasRemaining() || grow((int) Math.min(frameBytes, 2L * frame.capacity()))) {
                    readFrame();
                } else {
                    close();
                }
            }
        });
    }

    /** Sends a whole frame, then waits for the next call. */
    void reply(ByteBuffer answer) {
        releaseFrame();
        channel.write(answer, server.frameTimeout().toMillis(), TimeUnit.MILLISECONDS, null, new Step() {
            @Override
            void done() {
                if (answer.hasRemaining()) {
                    reply(answer);
                } else {
                    readNext();
                }
            }
        });
    }

    private void releaseFrame() {
        server.budget().giveBack(frame.capacity());
        frame = ByteBuffer.allocate(0);
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        releaseFrame();
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
