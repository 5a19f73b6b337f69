package zipkin.ee.collect;

import java.util.function.LongConsumer;

/** Turns totals into the amounts by which they grow. For one thread. */
final class GrowingTotal implements LongConsumer {
    private final LongConsumer amounts;
    private long total;

    /** @param amounts gets each amount, and may throw to refuse it */
    GrowingTotal(LongConsumer amounts) {
        this.amounts = amounts;
    }

    @Override
    public void accept(long newTotal) {
        if (newTotal > total) {
            amounts.accept(newTotal - total);
            total = newTotal;
        }
    }
}
