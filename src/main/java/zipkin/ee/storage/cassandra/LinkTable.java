package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.link.LinkStore;
import zipkin.ee.link.LoggedLinkStore;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.cassandra.StepText.CountedTrace;
import zipkin.ee.storage.cassandra.StepText.CountedTrace.Contribution;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;

/**
 * Counts links of the traces in {@link PendingTraces}. The contribution of each trace is kept, so
 * counting it again changes the links by the difference only.
 */
final class LinkTable extends LoggedLinkStore<LinkState> {
    /**
     * How long after its end a minute may still get rows, from servers whose clocks are behind or
     * that wrote slowly.
     */
    private static final int LATE_MINUTES = 3;

    private static final int TRACES_PER_STEP = 500;
    private static final int MAX_DAYS = 3660;

    private final Connection connection;
    private final TraceReader reader;
    private final InFlight inFlight;
    private final Clock clock;
    private final Lease lease;
    private final long restMillis;
    private final PendingTraces pending = new PendingTraces();
    private volatile Instant countedUpTo = Instant.EPOCH;

    LinkTable(Connection connection, TraceReader reader, InFlight inFlight, Clock clock, Lease lease, Duration rest) {
        super(lease);
        this.connection = connection;
        this.reader = reader;
        this.inFlight = inFlight;
        this.clock = clock;
        this.lease = lease;
        this.restMillis = rest.toMillis();
    }

    /** Before this minute everything is counted, as far as this server knows. */
    Instant countedUpTo() {
        return countedUpTo;
    }

    /** Links of all days that the window touches, in UTC; the Spark job writes them too. */
    List<DependencyLink> find(long endMillis, long lookbackMillis) {
        OpenSession session = connection.get();
        LocalDate last = day(endMillis);
        LocalDate first = day(Math.max(0, endMillis - lookbackMillis));
        LocalDate oldest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(MAX_DAYS);
        List<BoundStatement> statements = new ArrayList<>();
        for (LocalDate day = first.isBefore(oldest) ? oldest : first;
                !day.isAfter(last) && statements.size() < MAX_DAYS;
                day = day.plusDays(1)) {
            statements.add(session.prepare("SELECT parent, child, calls, errors FROM ks.dependency WHERE day = ?")
                    .bind(day));
        }
        List<DependencyLink> found = new ArrayList<>();
        statements.forEach(statement -> session.each(statement, row -> {
            if (row.getLong("calls") > 0) {
                found.add(DependencyLink.newBuilder()
                        .parent(String.valueOf(row.getString("parent")))
                        .child(String.valueOf(row.getString("child")))
                        .callCount(row.getLong("calls"))
                        .errorCount(Math.max(0, row.getLong("errors")))
                        .build());
            }
        }));
        return DependencyLinker.merge(found);
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofEpochDay(Math.min(millis / Duration.ofDays(1).toMillis(), LocalDate.MAX.toEpochDay() - 1));
    }

    @Override
    protected @Nullable LinkState load() {
        return LinkState.load(connection.get());
    }

    @Override
    protected void begin() {
        LinkState.create(connection.get(), PendingTraces.minute(clock.millis()) - LATE_MINUTES);
    }

    @Override
    protected @Nullable LinkState take(LinkState state) {
        return state.take(connection.get(), lease.claim());
    }

    @Override
    protected LinkStore.Step next(LinkState state) {
        return new Next(connection.get(), state);
    }

    @Override
    protected void apply(LinkState state) {
        new LinkWriter(connection.get(), inFlight).apply(state.step(), state.changes());
    }

    /** Some of the rows of one minute. */
    private final class Next implements LinkStore.Step {
        private final OpenSession session;
        private final List<UUID> rows = new ArrayList<>();
        private final List<CountedTrace> traces = new ArrayList<>();
        private LinkState state;
        private int minute;

        Next(OpenSession session, LinkState state) {
            this.session = session;
            this.state = state;
        }

        @Override
        public boolean pending() {
            long dueMillis = clock.millis() - restMillis;
            int last = PendingTraces.minute(dueMillis);
            int first = state.minute();
            while (first < last - LATE_MINUTES
                    && pending.uncounted(session, first, dueMillis, true).isEmpty()) {
                pending.delete(session, first++);
            }
            countedUpTo = Instant.ofEpochMilli(PendingTraces.beginMillis(first));
            boolean moved = first != state.minute();
            state = state.at(first);
            for (minute = first; minute <= last; minute++) {
                rows.addAll(pending.uncounted(session, minute, dueMillis, minute < last - LATE_MINUTES));
                if (!rows.isEmpty()) {
                    return true;
                }
            }
            if (moved && state.save(session) == null) {
                forget();
            }
            return false;
        }

        @Override
        public Collection<CountedTrace> read() {
            Map<String, Set<String>> keysByTrace = keysByTrace();
            LinkWriter counted = new LinkWriter(session, inFlight);
            List<Contribution> before = counted.contributions(keysByTrace.keySet());
            Set<String> all = new LinkedHashSet<>();
            int i = 0;
            for (Set<String> keys : keysByTrace.values()) {
                keys.addAll(before.get(i++).keys());
                all.addAll(keys);
            }
            Map<String, List<Span>> read = reader.readForLinks(session, all);
            keysByTrace.forEach((lowId, keys) -> {
                List<Span> spans = new ArrayList<>();
                keys.forEach(key -> spans.addAll(read.getOrDefault(key, List.of())));
                traces.add(new CountedTrace(lowId, before.get(traces.size()), Contribution.of(keys, spans)));
            });
            return traces;
        }

        /** Takes rows until they name enough traces, and leaves the others to the next step. */
        private Map<String, Set<String>> keysByTrace() {
            Set<String> all = new LinkedHashSet<>();
            int taken = 0;
            while (taken < rows.size() && all.size() < TRACES_PER_STEP) {
                PendingTraces.addKeys(session, minute, rows.get(taken++), all);
            }
            rows.subList(taken, rows.size()).clear();
            Map<String, Set<String>> byTrace = new LinkedHashMap<>();
            for (String key : all) {
                byTrace.computeIfAbsent(TraceIds.low(key), low -> new LinkedHashSet<>())
                        .add(key);
            }
            return byTrace;
        }

        @Override
        public boolean apply(Map<LinkChanges.Link, LinkChanges.Change> changes) {
            boolean applied = end(state.next(StepText.write(traces, changes)).save(session));
            if (applied) {
                pending.setCounted(minute, rows);
            }
            return applied;
        }
    }
}
