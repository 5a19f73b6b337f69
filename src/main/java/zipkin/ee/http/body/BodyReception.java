package zipkin.ee.http.body;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.answer.Answer;

/**
 * Reads what is there of a body whenever something is there, without waiting. A whole body lets its
 * request go on. One that is refused is answered at once, and what still comes of it is read and
 * thrown away until the client stops sending: only then the request may end, as the container would
 * read the rest with a blocked thread. A client that does not stop loses its connection: after too
 * many bytes by an exception, after too long by the container's timeout of the request.
 *
 * <p>The container calls one method of the listener at a time; {@link #late()} comes from a timer
 * beside them.
 */
final class BodyReception implements ReadListener {
    /** Written by all and read by none. */
    private static final byte[] WASTE = new byte[8192];

    private static final int ANSWERED_AND_DRAINED = 2;
    private static final int ARRIVED_AND_LEFT = 2;

    private final ReceivedBody body;
    private final AsyncContext async;
    private final Deadlines deadlines;
    private final RefusalWriter refusals;
    private final @Nullable BodyConsumer consumer;
    /** After how many bytes the body ends without being told; -1 if the container tells. */
    private long endsAfterBytes = -1;

    private final long maxDiscarded;
    private long discarded;
    private long received;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger refusalSteps = new AtomicInteger();
    private final AtomicInteger dispatchSteps = new AtomicInteger();
    private volatile boolean gone;

    /**
     * @param maxDiscarded bytes after which a client that goes on sending a refused body loses its
     *     connection
     * @param consumer who wants the body; null if it is only received
     */
    BodyReception(
            ReceivedBody body,
            AsyncContext async,
            Deadlines deadlines,
            RefusalWriter refusals,
            long maxDiscarded,
            @Nullable BodyConsumer consumer) {
        this.body = body;
        this.async = async;
        this.deadlines = deadlines;
        this.refusals = refusals;
        this.maxDiscarded = maxDiscarded;
        this.consumer = consumer;
    }

    /**
     * To be called before the container is given this listener.
     *
     * @param refused why the body is refused already, or null
     * @param endsAfter after how many bytes it ends if the container does not tell; -1 if it does
     */
    void start(ReceivedBody.@Nullable State refused, long endsAfter) {
        endsAfterBytes = endsAfter;
        if (refused == null) {
            deadlines.add(this);
        } else {
            refuse(refused);
        }
    }

    long startNanos() {
        return startNanos;
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = async.getRequest().getInputStream();
        // Grizzly calls a body finished that has arrived, although it was not read; and to ask it
        // for more is what makes it tell the end.
        while (in.isReady() && !(in.isFinished() && in.available() == 0)) {
            if (body.state() == ReceivedBody.State.ARRIVING) {
                ReceivedBody.State failure = body.readFrom(in);
                received = body.size();
                if (failure != null) {
                    refuse(failure);
                }
            } else {
                int wasted = in.read(WASTE);
                if (wasted < 0) {
                    return;
                }
                received += wasted;
                discarded += wasted;
                if (discarded > maxDiscarded) {
                    throw new IOException("A client goes on sending a body that was refused");
                }
            }
            if (received == endsAfterBytes) {
                end(ReceivedBody.State.COMPLETE);
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end(ReceivedBody.State.COMPLETE);
    }

    @Override
    public void onError(Throwable error) {
        if (isReset(error) || isReset(error.getCause())) {
            gone();
        } else {
            end(isServersLimit(error) ? ReceivedBody.State.TOO_LARGE : ReceivedBody.State.BROKEN);
        }
    }

    /**
     * The connection was reset. Undertow would never call the listener that writes an answer, and
     * keep the request until the connection's timeout.
     */
    private void gone() {
        boolean first = body.end(ReceivedBody.State.BROKEN);
        deadlines.remove(this);
        body.release();
        Answer.drop(async.getRequest());
        if (!first) {
            endRefusal();
            return;
        }
        if (consumer != null) {
            consumer.countRefused();
        }
        gone = true;
        dispatchStep();
    }

    private static boolean isReset(@Nullable Throwable error) {
        return error instanceof SocketException || error instanceof ClosedChannelException;
    }

    /** Undertow's own limit (max-post-size) shows in the name of its exception only. */
    private static boolean isServersLimit(Throwable error) {
        return error.getClass().getSimpleName().contains("TooBig");
    }

    void late() {
        refuse(ReceivedBody.State.LATE);
    }

    /** Nothing more will come: the request goes on, or ends if it was refused before. */
    private void end(ReceivedBody.State state) {
        if (!body.end(state)) {
            refusalStep();
            return;
        }
        deadlines.remove(this);
        if (consumer == null || state != ReceivedBody.State.COMPLETE) {
            body.release(); // nobody will read it
        }
        dispatchStep();
    }

    /**
     * To be called when the first thread is about to leave the filter. A body may end before that
     * on another thread; the request goes on when both have happened, since Payara may otherwise
     * let it go on twice.
     */
    void leave() {
        dispatchStep();
    }

    private void dispatchStep() {
        if (dispatchSteps.incrementAndGet() == ARRIVED_AND_LEFT) {
            if (gone) {
                async.complete();
            } else {
                async.dispatch();
            }
        }
    }

    /** Answers while the rest of the body is still to come. */
    private void refuse(ReceivedBody.State state) {
        if (!body.end(state)) {
            return;
        }
        deadlines.remove(this);
        body.release();
        async.start(() -> refusals.write(async, state, consumer, this::refusalStep, this::endRefusal));
    }

    private void refusalStep() {
        if (refusalSteps.incrementAndGet() == ANSWERED_AND_DRAINED) {
            async.complete();
        }
    }

    /** Nobody is there to read the refusal, or to go on sending. */
    private void endRefusal() {
        if (refusalSteps.getAndSet(ANSWERED_AND_DRAINED) < ANSWERED_AND_DRAINED) {
            async.complete();
        }
    }
}
