package zipkin.ee.http.body;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.answer.Answer;

/**
 * Reads a body whenever bytes are available. Once it is complete, its request continues. A refused
 * body is answered at once; the rest of it is read and discarded before the request ends, because
 * the container would read it with a blocked thread. A client that does not stop sending loses its
 * connection, after too many bytes or at the request's timeout.
 *
 * <p>The container calls one method of the listener at a time; {@link #late()} is called by a
 * timer.
 */
final class BodyReception implements ReadListener {
    /** Discarded bytes of all requests. */
    private static final byte[] WASTE = new byte[8192];

    private static final int ANSWERED_AND_DRAINED = 2;
    private static final int ARRIVED_AND_LEFT = 2;

    private final ReceivedBody body;
    private final AsyncContext async;
    private final Deadlines deadlines;
    private final RefusalWriter refusals;
    private final @Nullable BodyConsumer consumer;
    /** Length of the body if the container does not signal its end, or -1. */
    private long endsAfterBytes = -1;

    private final long maxDiscarded;
    private long discarded;
    private long received;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger refusalSteps = new AtomicInteger();
    private final AtomicInteger dispatchSteps = new AtomicInteger();
    private volatile boolean gone;

    /**
     * @param maxDiscarded bytes of a refused body after which the client loses its connection
     * @param consumer the consumer of the body, or null
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
     * Starts the deadline. To be called before the listener is registered.
     *
     * @param refused why the body is refused already, or null
     * @param endsAfter length of the body if the container does not signal its end, or -1
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
        // In Grizzly, a body is finished when it has arrived, even if it was not read, and only
        // isReady() makes it signal the end.
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
                    throw new IOException("The client continues to send a refused body");
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
     * Ends the request without an answer, because the connection was reset. Undertow would never
     * call the listener that writes one, and would keep the request until the connection's timeout.
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
            consumer.countRefused((HttpServletRequest) async.getRequest());
        }
        gone = true;
        dispatchStep();
    }

    private static boolean isReset(@Nullable Throwable error) {
        return error instanceof SocketException || error instanceof ClosedChannelException;
    }

    /** Whether the body exceeds Undertow's max-post-size, which only the exception's name shows. */
    private static boolean isServersLimit(Throwable error) {
        return error.getClass().getSimpleName().contains("TooBig");
    }

    void late() {
        refuse(ReceivedBody.State.LATE);
    }

    /** Continues the request after the last byte, or completes it if the body was refused. */
    private void end(ReceivedBody.State state) {
        if (!body.end(state)) {
            refusalStep();
            return;
        }
        deadlines.remove(this);
        if (consumer == null || state != ReceivedBody.State.COMPLETE) {
            body.release(); // not needed
        }
        dispatchStep();
    }

    /**
     * To be called before the first thread leaves the filter. The request continues only after that
     * and after the body has ended, since Payara could dispatch it twice otherwise.
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

    /** Answers before the rest of the body has arrived. */
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

    /** Completes the request of a client that is gone. */
    private void endRefusal() {
        if (refusalSteps.getAndSet(ANSWERED_AND_DRAINED) < ANSWERED_AND_DRAINED) {
            async.complete();
        }
    }
}
