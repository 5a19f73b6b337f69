package zipkin.ee.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on what one kind of work may hold at a time, usually bytes of heap. Whatever is taken has
 * to be given back, also if the work fails. Thread safe; never blocks.
 */
public final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public Budget(long limit) {
        this.limit = limit;
    }

    /** Takes an amount. Returns false and takes nothing if less than that is left. */
    public boolean take(long amount) {
        if (used.addAndGet(amount) <= limit) {
            return true;
        }
        used.addAndGet(-amount);
        return false;
    }

    public void giveBack(long amount) {
        used.addAndGet(-amount);
    }

    /** The amount in use. It exceeds the limit for an instant while a refusal is undone. */
    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }
}
