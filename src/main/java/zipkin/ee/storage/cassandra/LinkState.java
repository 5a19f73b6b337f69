package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.link.LoggedLinkStore;

/**
 * The only row of {@code link_state}.
 *
 * @param minute before which everything is counted
 * @param changes those of the last step, see {@link StepText}
 */
record LinkState(Lease.Claim lease, long step, int minute, String changes) implements LoggedLinkStore.State {
    private static final String NAME = "links";

    /** Null when there is no such row yet. */
    static @Nullable LinkState load(OpenSession session) {
        AtomicReference<@Nullable LinkState> found = new AtomicReference<>();
        session.each(
                session.prepare("SELECT owner, until_millis, step, minute, changes FROM ks.link_state WHERE name = ?")
                        .bind(NAME)
                        .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL),
                row -> found.set(of(row)));
        return found.get();
    }

    private static LinkState of(Row row) {
        String changes = row.getString("changes");
        return new LinkState(
                new Lease.Claim(String.valueOf(row.getString("owner")), row.getLong("until_millis")),
                row.getLong("step"),
                row.getInt("minute"),
                changes == null ? "" : changes);
    }

    static void create(OpenSession session, int minute) {
        session.change(session.prepare("INSERT INTO ks.link_state (name, owner, until_millis, step, minute, changes)"
                        + " VALUES (?, '', 0, 0, ?, '') IF NOT EXISTS")
                .bind(NAME, minute));
    }

    /** The state under this lease; null when another server was faster. */
    @Nullable
    LinkState take(OpenSession session, Lease.Claim claim) {
        boolean taken = session.change(session.prepare("UPDATE ks.link_state SET owner = ?, until_millis = ?"
                        + " WHERE name = ? IF owner = ? AND until_millis = ? AND step = ?")
                .bind(claim.owner(), claim.untilMillis(), NAME, lease.owner(), lease.untilMillis(), step));
        return taken ? new LinkState(claim, step, minute, changes) : null;
    }

    LinkState at(int newMinute) {
        return new LinkState(lease, step, newMinute, changes);
    }

    LinkState next(String newChanges) {
        return new LinkState(lease, step + 1, minute, newChanges);
    }

    /** This state once it is written; null when another server has taken the lease. */
    @Nullable
    LinkState save(OpenSession session) {
        boolean saved = session.change(
                session.prepare("UPDATE ks.link_state SET step = ?, minute = ?, changes = ? WHERE name = ?"
                                + " IF owner = ? AND until_millis = ?")
                        .bind(step, minute, changes, NAME, lease.owner(), lease.untilMillis()));
        return saved ? this : null;
    }
}
