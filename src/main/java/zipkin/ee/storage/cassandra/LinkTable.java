package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import zipkin.ee.link.LinkBacklog;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.cassandra.LinkStep.Contribution;
import zipkin2.Span;

/**
 * Counts links of the traces that writers have put into {@code link_pending}. What a trace has
 * contributed is kept beside it, so counting it again changes by the difference only. Rows are not
 * deleted one by one, which would leave a tombstone for each, but with their minute. A step is
 * written down as a whole before it is applied, and can be applied any number of times. Meant to
 * run once at a time in a server.
 */
final class LinkTable implements LinkBacklog {
    private static final String NAME = "links";
    private static final long MINUTE_MILLIS = 60_000;
    private static final long LEASE_MILLIS = 30_000;

    /**
     * How long after its end a minute may still get rows, of servers whose clocks are behind or
     * that wrote slowly.
     */
    private static final int LATE_MINUTES = 3;

    private static final int TRACES_PER_STEP = 500;

    private static final Comparator<UUID> TIME_ORDER =
            Comparator.comparingLong(UUID::timestamp).thenComparing(Comparator.naturalOrder());

    private final Connection connection;
    private final TraceReader reader;
    private final InFlight inFlight;
    private final Clock clock;
    private final long restMillis;
    private final String owner = UUID.randomUUID().toString();
    private final Map<Integer, NavigableSet<UUID>> counted = new HashMap<>();
    private long appliedStep = -1;
    private volatile Instant countedUpTo = Instant.EPOCH;

    LinkTable(Connection connection, TraceReader reader, InFlight inFlight, Clock clock, Duration rest) {
        this.connection = connection;
        this.reader = reader;
        this.inFlight = inFlight;
        this.clock = clock;
        this.restMillis = rest.toMillis();
    }

    /** What partition of {@code link_pending} a time is in. */
    static int minute(long millis) {
        return (int) (millis / MINUTE_MILLIS);
    }

    /** The minute up to whose beginning everything is counted, as far as this server knows. */
    Instant countedUpTo() {
        return countedUpTo;
    }

    @Override
    public int countSome() {
        OpenSession session = connection.get();
        LinkState state = LinkState.load(session, NAME);
        long now = clock.millis();
        if (state == null) {
            LinkState.create(session, NAME, minute(now) - LATE_MINUTES);
            return 0;
        }
        if (!state.owner().equals(owner) && state.untilMillis() > now) {
            return 0;
        }
        LinkState mine = state.take(session, owner, now + LEASE_MILLIS);
        if (mine == null) {
            return 0;
        }
        if (mine.step() != appliedStep) {
            new LinkStep(session, inFlight).apply(mine.step(), mine.changes());
            appliedStep = mine.step();
        }
        return count(session, mine, now);
    }

    private int count(OpenSession session, LinkState state, long now) {
        long dueMillis = now - restMillis;
        int last = minute(dueMillis);
        int minute = state.minute();
        while (minute < last - LATE_MINUTES
                && uncounted(session, minute, dueMillis, true).isEmpty()) {
            session.change(session.prepare("DELETE FROM ks.link_pending WHERE minute = ?")
                    .bind(minute));
            counted.remove(minute);
            minute++;
        }
        countedUpTo = Instant.ofEpochMilli(minute * MINUTE_MILLIS);
        for (int each = minute; each <= last; each++) {
            List<UUID> ids = uncounted(session, each, dueMillis, each < last - LATE_MINUTES);
            if (!ids.isEmpty()) {
                return count(session, state.at(minute), each, ids);
            }
        }
        if (minute != state.minute() && !state.at(minute).save(session)) {
            appliedStep = -1;
        }
        return 0;
    }

    private int count(OpenSession session, LinkState state, int minute, List<UUID> ids) {
        Set<String> traces = new LinkedHashSet<>();
        List<UUID> some = new ArrayList<>();
        PreparedStatement select = session.prepare("SELECT traces FROM ks.link_pending WHERE minute = ? AND id = ?");
        for (UUID id : ids) {
            if (traces.size() >= TRACES_PER_STEP) {
                break;
            }
            some.add(id);
            session.each(
                    select.bind(minute, id),
                    row -> traces.addAll(
                            List.of(String.valueOf(row.getString(0)).split(" ", -1))));
        }
        LinkState next = state.next(changes(session, traces));
        if (!next.save(session)) {
            return 0;
        }
        new LinkStep(session, inFlight).apply(next.step(), next.changes());
        appliedStep = next.step();
        counted.computeIfAbsent(minute, key -> new TreeSet<>(TIME_ORDER)).addAll(some);
        return traces.size();
    }

    /**
     * Rows of a minute that have rested and that this server has not counted; another one may have,
     * which does no harm.
     *
     * @param whole whether rows before the last one that was counted are looked for too, as servers
     *     whose clocks are behind write them
     */
    private List<UUID> uncounted(OpenSession session, int minute, long dueMillis, boolean whole) {
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

    /** What the step changes, as {@link LinkStep} reads it. */
    private String changes(OpenSession session, Set<String> keys) {
        Map<String, Set<String>> traces = new LinkedHashMap<>();
        keys.forEach(key ->
                traces.computeIfAbsent(lowId(key), low -> new LinkedHashSet<>()).add(key));
        List<Contribution> before = new LinkStep(session, inFlight).contributions(traces.keySet());
        int i = 0;
        Set<String> all = new LinkedHashSet<>();
        for (Set<String> ofTrace : traces.values()) {
            ofTrace.addAll(before.get(i++).keys());
            all.addAll(ofTrace);
        }
        Map<String, List<Span>> read = reader.readForLinks(session, all);
        Map<LinkChanges.Link, long[]> total = new LinkedHashMap<>();
        LinkStep.Writer step = new LinkStep.Writer();
        i = 0;
        for (Map.Entry<String, Set<String>> trace : traces.entrySet()) {
            List<Span> spans = new ArrayList<>();
            trace.getValue().forEach(key -> spans.addAll(read.getOrDefault(key, List.of())));
            Contribution now = new Contribution(trace.getValue(), links(spans));
            Contribution old = before.get(i++);
            if (!now.equals(old)) {
                step.trace(trace.getKey(), now);
                now.links().forEach((link, change) -> add(total, link, change, 1));
                old.links().forEach((link, change) -> add(total, link, change, -1));
            }
        }
        total.forEach((link, change) -> {
            if (change[0] != 0 || change[1] != 0) {
                step.link(link, change[0], change[1]);
            }
        });
        return step.text();
    }

    private static String lowId(String key) {
        return key.length() == 16 ? key : key.substring(16);
    }

    private static Map<LinkChanges.Link, LinkChanges.Change> links(List<Span> spans) {
        LinkChanges changes = new LinkChanges();
        changes.add(List.of(), spans);
        return changes.toApply();
    }

    private static void add(
            Map<LinkChanges.Link, long[]> total, LinkChanges.Link link, LinkChanges.Change change, int sign) {
        long[] sum = total.computeIfAbsent(link, key -> new long[2]);
        sum[0] += sign * change.calls();
        sum[1] += sign * change.errors();
    }
}
