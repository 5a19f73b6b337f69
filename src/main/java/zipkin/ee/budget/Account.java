package zipkin.ee.budget;

import org.jspecify.annotations.Nullable;

/**
 * What one message holds of the budgets on its way through the server: as bytes that arrived, as
 * inflated bytes, as decoded spans. Whoever has the outcome of the message closes the account,
 * which gives everything back, once, however the message ends. Thread safe.
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

    /**
     * Takes an amount; false, with nothing taken, when the budget lacks it or the account is
     * closed.
     */
    public synchronized boolean take(Budget budget, long amount) {
        if (holders == 0 || !budget.take(amount)) {
            return false;
        }
        holding(budget).amount += amount;
        return true;
    }

    /**
     * Takes an amount.
     *
     * @throws NoRoomException when {@link #take} would be false
     */
    public void require(Budget budget, long amount) {
        if (!take(budget, amount)) {
            throw new NoRoomException(held(budget) + amount, budget.limit());
        }
    }

    /** Gives back a part of what was taken, at most all of it. */
    public synchronized void giveBack(Budget budget, long amount) {
        Holding holding = holding(budget);
        long given = Math.min(amount, holding.amount);
        holding.amount -= given;
        budget.giveBack(given);
    }

    /** Gives back what is held of all other budgets. */
    public synchronized void keepOnly(Budget budget) {
        for (Holding each = holdings; each != null; each = each.next) {
            if (each.budget != budget) {
                each.budget.giveBack(each.amount);
                each.amount = 0;
            }
        }
    }

    /** What is held of a budget. */
    public synchronized long held(Budget budget) {
        return holding(budget).amount;
    }

    /**
     * One more holder, for work that goes on after the message has its outcome: the account gives
     * back when both the owner and all holders have closed it.
     *
     * @return closes once, however often it is called
     */
    public synchronized Share share() {
        if (holders == 0) {
            throw new IllegalStateException("The account is closed");
        }
        holders++;
        return new Share();
    }

    /** Keeps an account open. */
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

    /** Gives everything back, unless it is shared; again without effect. */
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
