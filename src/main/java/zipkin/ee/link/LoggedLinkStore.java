package zipkin.ee.link;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import zipkin.ee.concurrent.Lease;

/**
 * Counting in a database without transactions. One row or document, the state, has the lease, how
 * far links are counted, and the changes of the last step; it is replaced on condition that no
 * other server has replaced it. A step is written there as a whole before it is applied, and the
 * server that takes over applies the last one again, which has no effect twice: each link knows the
 * last step that is in it. Used by one thread at a time.
 *
 * @param <S> the state
 */
public abstract class LoggedLinkStore<S extends LoggedLinkStore.State> implements LinkStore {
    /** The part of a state that all databases have. */
    public interface State {
        Lease.Claim lease();

        /** Number of the last step; 0 before the first one. */
        long step();
    }

    private static final long NONE = -1;

    private final Lease lease;
    private long appliedStep = NONE;

    protected LoggedLinkStore(Lease lease) {
        this.lease = lease;
    }

    /** Null when there is none yet. */
    protected abstract @Nullable S load();

    /** Writes the first state, unless another server has. */
    protected abstract void begin();

    /**
     * Takes or renews the lease, unless {@link Step#apply} writes it together with the step.
     *
     * @return the state to go on with; null when another server was faster
     */
    protected abstract @Nullable S take(S state);

    /** The step that follows this state. */
    protected abstract LinkStore.Step next(S state);

    /** Applies the changes of the state's step; again without effect. */
    protected abstract void apply(S state);

    /** Called when another server has the lease. */
    protected void pause() {}

    @Override
    public final int step(ToIntFunction<Step> counting) {
        S state = load();
        if (state == null) {
            begin();
            return 0;
        }
        if (!lease.isAvailable(state.lease())) {
            pause();
            return 0;
        }
        S mine = take(state);
        if (mine == null) {
            return 0;
        }
        applyOnce(mine);
        return counting.applyAsInt(next(mine));
    }

    /**
     * Ends a step.
     *
     * @param written the state with the changes of the step; null when another server was faster
     */
    protected final boolean end(@Nullable S written) {
        if (written == null) {
            return false;
        }
        applyOnce(written);
        return true;
    }

    private void applyOnce(S state) {
        if (state.step() != appliedStep) {
            apply(state);
            appliedStep = state.step();
        }
    }

    /** Has the last step applied again before the next one: another server may have counted. */
    protected final void forget() {
        appliedStep = NONE;
    }
}
