package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Rows of {@code link_pending}, which name the traces that writers have added to, by the minute of
 * writing. Rows are not deleted one by one, which would leave a tombstone for each, but with their
 * minute; this server remembers which ones of a minute it has counted. Used by one thread at a
 * time.
 */
final class PendingTraces {
    private static final long MINUTE_MILLIS = 60_000;

    private static final Comparator<UUID> TIME_ORDER =
            Comparator.comparingLong(UUID::timestamp).thenComparing(Comparator.naturalOrder());

    private final Map<Integer, NavigableSet<UUID>> counted = new HashMap<>();

    /** The partition of a time in epoch milliseconds. */
    static int minute(long millis) {
        return (int) (millis / MINUTE_MILLIS);
    }

    static long beginMillis(int minute) {
        return minute * MINUTE_MILLIS;
    }

    /**
     * Rows of a minute that have rested and that this server has not counted. Another server may
     * have; counting them again has no effect.
     *
     * @param whole whether to look at rows before the last counted one too, which servers write
     *     whose clocks are behind
     */
    List<UUID> uncounted(OpenSession session, int minute, long dueMillis, boolean whole) {
        NavigableSet<UUID> known = counted.getOrDefault(minute, new TreeSet<>(TIME_ORDER));
        UUID after = whole || known.isEmpty() ? Uuids.startOf(0) : known.last();
        List<UUID> ids = new ArrayList<>();
        session.each(
                session.prepare("SELECT id FROM ks.link_pending WHERE minute = ? AND id > ? AND id <= ?")
                        .bind(minute, after, Uuids.endOf(dueMillis)),
                row -> {
                    UUID id = row.getUuid(0);
                    if (id != null && !known.contains(id)) {
                        ids.add(id);
                    }
                });
        return ids;
    }

    /** Adds the keys of the traces that a row names. */
    static void addKeys(OpenSession session, int minute, UUID id, Set<String> keys) {
        PreparedStatement select = session.prepare("SELECT traces FROM ks.link_pending WHERE minute = ? AND id = ?");
        session.each(
                select.bind(minute, id),
                row -> keys.addAll(List.of(String.valueOf(row.getString(0)).split(" ", -1))));
    }

    void setCounted(int minute, List<UUID> ids) {
        counted.computeIfAbsent(minute, key -> new TreeSet<>(TIME_ORDER)).addAll(ids);
    }

    /** Deletes a minute that is counted as a whole. */
    void delete(OpenSession session, int minute) {
        session.change(
                session.prepare("DELETE FROM ks.link_pending WHERE minute = ?").bind(minute));
        counted.remove(minute);
    }
}
