package zipkin.ee.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin2.Callback;
import zipkin2.Span;

/**
 * Messages that wait for a writer. Small and large ones have a lane each, which take turns, and
 * large ones are written in pieces, which are small while small messages come: so a small message
 * waits for a piece of the large ones, and not for all their spans. Within a lane the first comes
 * first. Thread safe.
 */
final class WaitingMessages {
    private static final int PIECES_OF_A_WRITE = 4;
    private static final int ALONE_TURNS = 8;

    private final int maxSpans;
    private final int pieceSpans;
    private final int capacity;
    private final Deque<Message> small = new ArrayDeque<>();
    private final Deque<Message> large = new ArrayDeque<>();
    private boolean isTurnOfLarge;
    /** Turns of large messages since a small one waited, up to where they count as alone. */
    private int turnsAlone = ALONE_TURNS;

    private int writersOfLarge;

    /**
     * @param maxSpans of a write. 0: each message is a write of its own
     * @param capacity messages that may wait; at least 1
     */
    WaitingMessages(int maxSpans, int capacity) {
        this.maxSpans = maxSpans == 0 ? Integer.MAX_VALUE : maxSpans;
        this.pieceSpans = maxSpans == 0 ? Integer.MAX_VALUE : Math.max(1, maxSpans / PIECES_OF_A_WRITE);
        this.capacity = capacity;
    }

    /** Spans with what they hold of the queue's room until all of them are written. */
    static final class Message {
        private final List<Span> spans;
        private final Callback<Void> callback;
        private final Account account;
        private final AtomicInteger pending;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        /** Guarded by the lanes. */
        private int taken;

        Message(List<Span> spans, Callback<Void> callback, Account account) {
            this.spans = spans;
            this.callback = callback;
            this.account = account;
            this.pending = new AtomicInteger(spans.size());
        }

        private int rest() {
            return spans.size() - taken;
        }

        private Piece take(int size) {
            List<Span> piece = size == spans.size() ? spans : spans.subList(taken, taken + size);
            taken += size;
            return new Piece(this, piece);
        }

        /** So many spans have an outcome. The first failure is the message's. */
        @SuppressWarnings("NullAway") // Void has no other value than null
        private void end(int count, @Nullable Throwable error) {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
            if (pending.addAndGet(-count) > 0) {
                return;
            }
            account.close();
            Throwable first = failure.get();
            if (first == null) {
                callback.onSuccess(null);
            } else {
                callback.onError(first);
            }
        }
    }

    /** A message or a part of one, which is in one write. */
    record Piece(Message message, List<Span> spans) {}

    /** What is in one write. */
    record Turn(List<Piece> pieces, boolean isOfLarge) {}

    /** Adds a message, unless there are as many as may wait. */
    synchronized boolean offer(Message message) {
        if (size() >= capacity) {
            return false;
        }
        (message.spans.size() > pieceSpans ? large : small).add(message);
        return true;
    }

    synchronized int size() {
        return small.size() + large.size();
    }

    /**
     * Whether a writer would get a turn.
     *
     * @param writers as many as may write at the same time
     */
    synchronized boolean hasTurn(int writers) {
        return !small.isEmpty() || isLargeDue(writers);
    }

    /**
     * What a writer is to write next, until {@link #done}; nothing when it has no turn. While small
     * messages come, one of several writers is kept for them.
     *
     * @param writers as many as may write at the same time
     */
    synchronized Turn next(int writers) {
        boolean ofLarge = isLargeDue(writers) && (small.isEmpty() || isTurnOfLarge);
        isTurnOfLarge = !ofLarge;
        if (!small.isEmpty()) {
            turnsAlone = 0;
        } else if (ofLarge) { // A writer that finds nothing to do says nothing about small messages.
            turnsAlone = Math.min(turnsAlone + 1, ALONE_TURNS);
        }
        if (!ofLarge) {
            return new Turn(wholeMessages(), false);
        }
        writersOfLarge++;
        return new Turn(pieces(isAlone() ? maxSpans : pieceSpans), true);
    }

    private boolean isLargeDue(int writers) {
        return !large.isEmpty() && (isAlone() || writersOfLarge < Math.max(1, writers - 1));
    }

    private boolean isAlone() {
        return turnsAlone == ALONE_TURNS;
    }

    /** The writer of a turn takes the next one, or ends. */
    synchronized void done(Turn turn) {
        if (turn.isOfLarge()) {
            writersOfLarge--;
        }
    }

    private List<Piece> pieces(int bound) {
        List<Piece> together = new ArrayList<>();
        int room = bound;
        while (room > 0 && !large.isEmpty()) {
            Message first = large.element();
            Piece piece = first.take(Math.min(room, first.rest()));
            together.add(piece);
            room -= piece.spans().size();
            if (first.rest() == 0) {
                large.remove();
            }
        }
        return together;
    }

    private List<Piece> wholeMessages() {
        List<Piece> together = new ArrayList<>();
        int room = maxSpans;
        while (!small.isEmpty() && small.element().rest() <= room) {
            Message first = small.remove();
            together.add(first.take(first.rest()));
            room -= first.spans.size();
            if (maxSpans == Integer.MAX_VALUE) {
                break;
            }
        }
        return together;
    }

    /**
     * A piece has been written, or was not. After a failure nothing more of its message is written.
     */
    void end(Piece piece, @Nullable Throwable error) {
        int count = piece.spans().size();
        if (error != null) {
            count += drop(piece.message());
        }
        piece.message().end(count, error);
    }

    private synchronized int drop(Message message) {
        int rest = message.rest();
        if (rest > 0) {
            message.taken += rest;
            large.remove(message);
        }
        return rest;
    }

    /** Ends all that wait with an error. */
    void refuseAll(Throwable error) {
        List<Piece> refused = new ArrayList<>();
        synchronized (this) {
            for (Message message : large) {
                refused.add(message.take(message.rest()));
            }
            for (Message message : small) {
                refused.add(message.take(message.rest()));
            }
            large.clear();
            small.clear();
        }
        refused.forEach(piece -> end(piece, error));
    }
}
