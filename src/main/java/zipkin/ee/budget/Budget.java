package zipkin.ee.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on what one kind of work may hold at a time, mostly bytes of the heap. Whoever takes from
 * it gives the same amount back, however the work ends. Thread safe; never blocks.
 */
public final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public Budget(long limit) {
        this.limit = limit;
    }

    /** Takes an amount; false when less than that is left, and then nothing is taken. */
    public boolean take(long amount) {
        if (used.addAndGet(amount) <= limit) {
            return true;
        }
        used.addAndGet(-amount);
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long amount) {
        used.addAndGet(-amount);
    }

    /** What is taken now. May exceed the limit for an instant while a refused amount is undone. */
    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }
}
