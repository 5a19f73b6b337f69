package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one row that says how far links are counted, and by whom. It is changed on condition that
 * nobody else has changed it.
 *
 * @param owner the server that counts
 * @param untilMillis when another one may
 * @param step the last step
 * @param minute up to which everything is counted
 * @param changes of that step, see {@link LinkStep}
 */
record LinkState(String name, String owner, long untilMillis, long step, int minute, String changes) {
    /** Null when there is none yet. */
    static @Nullable LinkState load(OpenSession session, String name) {
        AtomicReference<@Nullable LinkState> found = new AtomicReference<>();
        session.each(
                session.prepare("SELECT owner, until_millis, step, minute, changes FROM ks.link_state WHERE name = ?")
                        .bind(name)
                        .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL),
                row -> found.set(of(name, row)));
        return found.get();
    }

    private static LinkState of(String name, Row row) {
        String changes = row.getString("changes");
        return new LinkState(
                name,
                String.valueOf(row.getString("owner")),
                row.getLong("until_millis"),
                row.getLong("step"),
                row.getInt("minute"),
                changes == null ? "" : changes);
    }

    static void create(OpenSession session, String name, int minute) {
        session.change(session.prepare("INSERT INTO ks.link_state (name, owner, until_millis, step, minute, changes)"
                        + " VALUES (?, '', 0, 0, ?, '') IF NOT EXISTS")
                .bind(name, minute));
    }

    /** The state with the lease taken or prolonged; null when another server was faster. */
    @Nullable
    LinkState take(OpenSession session, String newOwner, long until) {
        boolean taken = session.change(session.prepare("UPDATE ks.link_state SET owner = ?, until_millis = ?"
                        + " WHERE name = ? IF owner = ? AND until_millis = ? AND step = ?")
                .bind(newOwner, until, name, owner, untilMillis, step));
        return taken ? new LinkState(name, newOwner, until, step, minute, changes) : null;
    }

    LinkState at(int newMinute) {
        return new LinkState(name, owner, untilMillis, step, newMinute, changes);
    }

    LinkState next(String newChanges) {
        return new LinkState(name, owner, untilMillis, step + 1, minute, newChanges);
    }

    /** False when the lease is another's meanwhile. */
    boolean save(OpenSession session) {
        return session.change(
                session.prepare("UPDATE ks.link_state SET step = ?, minute = ?, changes = ? WHERE name = ?"
                                + " IF owner = ? AND until_millis = ?")
                        .bind(step, minute, changes, name, owner, untilMillis));
    }
}
