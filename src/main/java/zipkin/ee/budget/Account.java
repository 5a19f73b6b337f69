package zipkin.ee.budget;

import org.jspecify.annotations.Nullable;

/**
 * The amounts that one message has taken from budgets: for the bytes received, the inflated bytes
 * and the decoded spans. Whoever knows the outcome of the message closes the account, which gives
 * everything back. Thread safe.
 */
public final class Account implements AutoCloseable {
    private @Nullable Holding holdings;
    private int holders = 1;
    private boolean closed;

    private static final class Holding {
        private final Budget budget;
        private final @Nullable Holding next;
        private long amount;

        Holding(Budget budget, @Nullable Holding next) {
            this.budget = budget;
            this.next = next;
        }
    }

    /** Takes an amount. Returns false and takes nothing if the budget lacks it. */
    public synchronized boolean take(Budget budget, long amount) {
        if (holders == 0 || !budget.take(amount)) {
            return false;
        }
        holding(budget).amount += amount;
        return true;
    }

    /** @throws NoRoomException if {@link #take} would return false */
    public void require(Budget budget, long amount) {
        if (!take(budget, amount)) {
            throw new NoRoomException(held(budget) + amount, budget.limit());
        }
    }

    /** Gives back an amount, at most what is held of this budget. */
    public synchronized void giveBack(Budget budget, long amount) {
        Holding holding = holding(budget);
        long given = Math.min(amount, holding.amount);
        holding.amount -= given;
        budget.giveBack(given);
    }

    /** Gives back everything that is held of other budgets. */
    public synchronized void keepOnly(Budget budget) {
        for (Holding each = holdings; each != null; each = each.next) {
            if (each.budget != budget) {
                each.budget.giveBack(each.amount);
                each.amount = 0;
            }
        }
    }

    public synchronized long held(Budget budget) {
        return holding(budget).amount;
    }

    /**
     * Adds a holder, for work that continues after the outcome of the message is known. The account
     * gives its amounts back once it and all shares are closed.
     */
    public synchronized Share share() {
        if (holders == 0) {
            throw new IllegalStateException("The account is closed");
        }
        holders++;
        return new Share();
    }

    /** Keeps the account open until closed. Closing it again has no effect. */
    public final class Share implements AutoCloseable {
        private boolean ended;

        private Share() {}

        @Override
        public void close() {
            synchronized (Account.this) {
                if (!ended) {
                    ended = true;
                    leave();
                }
            }
        }
    }

    /** Gives everything back unless there are open shares. Closing it again has no effect. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            leave();
        }
    }

    private void leave() {
        if (--holders > 0) {
            return;
        }
        for (Holding each = holdings; each != null; each = each.next) {
            each.budget.giveBack(each.amount);
            each.amount = 0;
        }
    }

    private Holding holding(Budget budget) {
        for (Holding each = holdings; each != null; each = each.next) {
            if (each.budget == budget) {
                return each;
            }
        }
        Holding added = new Holding(budget, holdings);
        holdings = added;
        return added;
    }
}
