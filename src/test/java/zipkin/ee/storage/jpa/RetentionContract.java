package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * What is old or too much is deleted with all that belongs to it, and nothing else, whoever writes
 * meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RetentionContract {
    private static final long START_MILLIS = 1_767_268_800_000L; // 2026-01-01T12:00Z
    private static final Duration DAY = Duration.ofDays(1);
    private static final RetentionSettings WEEK = new RetentionSettings(Duration.ofDays(7), 0);
    private static final long LIMIT_SECONDS = 120;

    private final SqlStorage sql;
    private final SqlStorage other;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RetentionContract(DatabaseAccess access, JpaProvider provider) {
        this.sql = new SqlStorage(access, provider);
        this.other = new SqlStorage(access, provider);
    }

    @AfterEach
    void clear() {
        sql.clear();
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        sql.close();
        other.close();
    }

    @Test
    void spans_olderThanRetention_goWithIndexNamesAndLinksAndNewOnesStay() throws IOException {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage storage = sql.open(SqlStorage.SETTINGS, WEEK, clock);
        List<List<Span>> old = new CallTraces(1, "old-").next(3, clock.millis());
        write(storage, old);
        countLinks(storage);
        // Never counted, as if that had failed.
        List<List<Span>> pending = new CallTraces(2, "old-").next(1, clock.millis());
        write(storage, pending);
        clock.advance(DAY.multipliedBy(8));
        List<List<Span>> fresh = new CallTraces(3, "new-").next(2, clock.millis());
        write(storage, fresh);

        storage.retention().deleteAll();
        countLinks(storage);

        assertThat(storage.getTraces(ids(old)).execute()).isEmpty();
        assertThat(storage.getTraces(ids(pending)).execute()).isEmpty();
        assertSearchable(storage, "new-frontend", fresh);
        assertThat(rows("zipkin_span")).isEqualTo(2 * CallTraces.SPANS);
        assertThat(rows("zipkin_batch")).isEqualTo(2);
        assertThat(rows("zipkin_pending")).isZero();
        assertThat(rows("zipkin_term WHERE batch NOT IN (SELECT id FROM zipkin_batch)"))
                .isZero();
        assertThat(storage.getServiceNames().execute()).isNotEmpty().allMatch(name -> name.startsWith("new-"));
        assertThat(storage.getSpanNames("old-frontend").execute()).isEmpty();
        assertThat(storage.getRemoteServiceNames("old-frontend").execute()).isEmpty();
        assertThat(rows("zipkin_link WHERE parent LIKE 'old-%'")).isZero();
        assertThat(storage.spanStore()
                        .getDependencies(clock.millis(), DAY.toMillis() * 30)
                        .execute())
                .containsExactlyInAnyOrderElementsOf(CallTraces.links(fresh));
        assertThat(storage.retention().deletedSpans()).isEqualTo(4 * CallTraces.SPANS);
        assertThat(storage.retention().storedBytes()).isPositive();
    }

    @Test
    void namesAndLinks_thatAreSeenAgain_stayWhileTheirOldSpansGo() throws IOException {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage storage = sql.open(SqlStorage.SETTINGS, WEEK, clock);
        List<Span> trace = new CallTraces(4, "again-").next(clock.millis());
        write(storage, List.of(trace));
        countLinks(storage);
        List<String> services = storage.getServiceNames().execute();
        List<String> names = storage.getSpanNames("again-frontend").execute();
        clock.advance(DAY.multipliedBy(6));
        List<Span> later = new CallTraces(4, "again-")
                .next(clock.millis()).stream()
                        .map(span -> span.toBuilder().traceId("a1").build())
                        .toList();
        write(storage, List.of(later));
        countLinks(storage);
        clock.advance(DAY.multipliedBy(2));

        storage.retention().deleteAll();

        assertThat(storage.getTrace(trace.get(0).traceId()).execute()).isEmpty();
        assertThat(storage.getTrace("a1").execute()).containsExactlyElementsOf(later);
        assertThat(storage.getServiceNames().execute()).isEqualTo(services);
        assertThat(storage.getSpanNames("again-frontend").execute()).isEqualTo(names);
        assertThat(storage.spanStore()
                        .getDependencies(clock.millis(), DAY.toMillis() * 30)
                        .execute())
                .containsExactlyInAnyOrderElementsOf(CallTraces.links(List.of(later)));
    }

    @Test
    void spans_withOldTimestamps_stayUntilTheyWereStoredLongAgo() throws IOException {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage storage = sql.open(SqlStorage.SETTINGS, WEEK, clock);
        List<List<Span>> imported = new CallTraces(5, "imported-").next(2, START_MILLIS - 30 * DAY.toMillis());
        write(storage, imported);

        clock.advance(DAY.multipliedBy(6));
        storage.retention().deleteAll();
        assertSearchable(storage, "imported-frontend", imported);

        clock.advance(DAY.multipliedBy(2));
        storage.retention().deleteAll();
        assertThat(rows("zipkin_span")).isZero();
        assertThat(rows("zipkin_batch")).isZero();
        assertThat(rows("zipkin_term")).isZero();
        assertThat(rows("zipkin_name")).isZero();
    }

    @Test
    void spans_beyondTheBoundOfBytes_goOldestFirstAndNotMoreThanNeeded() throws IOException {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage writer = sql.open(SqlStorage.SETTINGS, SqlStorage.KEEP_ALL, clock);
        CallTraces made = new CallTraces(6, "many-");
        List<List<Span>> traces = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMinutes(1));
            // What counts is when they were stored: they began in the opposite order.
            traces.add(made.next(START_MILLIS - i * 60_000L));
            write(writer, traces.subList(i, i + 1));
        }
        long bound = writer.retention().storedBytes() / 2;
        clock.advance(DAY);

        JpaStorage storage = sql.open(SqlStorage.SETTINGS, new RetentionSettings(Duration.ZERO, bound), clock);
        storage.retention().deleteAll();

        long kept = rows("zipkin_batch");
        assertThat(kept).isBetween(4L, 5L);
        assertSearchable(storage, "many-frontend", traces.subList((int) (10 - kept), 10));
        assertThat(storage.getTraces(ids(traces)).execute()).hasSize((int) kept);
        long bytes = storage.retention().storedBytes();
        assertThat(bytes).isBetween(bound - 2 * bound / 5, bound);

        storage.retention().deleteAll();
        assertThat(rows("zipkin_batch")).isEqualTo(kept);
    }

    @Test
    void spans_whenRetentionIsZero_stayForEver() throws IOException {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage storage = sql.open(SqlStorage.SETTINGS, SqlStorage.KEEP_ALL, clock);
        List<List<Span>> traces = new CallTraces(7, "kept-").next(3, START_MILLIS);
        write(storage, traces);
        countLinks(storage);
        long names = rows("zipkin_name");
        long links = rows("zipkin_link");

        clock.advance(DAY.multipliedBy(20 * 365));
        storage.retention().deleteAll();

        assertSearchable(storage, "kept-frontend", traces);
        assertThat(rows("zipkin_name")).isEqualTo(names);
        assertThat(rows("zipkin_link")).isEqualTo(links);
        assertThat(storage.retention().deletedSpans()).isZero();
    }

    /** More batches, spans and terms than one transaction deletes. */
    @Test
    void spans_deletedByTwoServersWhileOthersWrite_goAndAllNewOnesStay() throws Exception {
        MovableClock clock = new MovableClock(START_MILLIS);
        JpaStorage first = sql.open(SqlStorage.SETTINGS, WEEK, clock);
        JpaStorage second = other.open(SqlStorage.SETTINGS, WEEK, clock);
        CallTraces made = new CallTraces(8, "busy-");
        int oldBatches = 120;
        for (int i = 0; i < oldBatches; i++) {
            first.spanConsumer().accept(message(made.next(5, START_MILLIS))).execute();
        }
        clock.advance(DAY.multipliedBy(8));

        AtomicBoolean deleted = new AtomicBoolean();
        List<Future<List<List<Span>>>> writers = new ArrayList<>();
        for (JpaStorage storage : List.of(first, second)) {
            // New spans, and such as belong to the same six hours as those that are deleted.
            for (long beginMillis : List.of(clock.millis(), START_MILLIS)) {
                CallTraces source = new CallTraces(9 + writers.size(), "fresh-");
                writers.add(threads.submit(() -> writeUntil(deleted, storage, source, beginMillis)));
            }
        }
        Future<?> deleting = threads.submit(() -> deleteOld(second));
        try {
            deleteOld(first);
            deleting.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            deleted.set(true);
        }
        List<List<Span>> written = new ArrayList<>();
        for (Future<List<List<Span>>> writer : writers) {
            written.addAll(result(writer));
        }
        // Once more with nobody else about.
        sql.endLeases();
        first.retention().deleteAll();

        assertThat(rows("zipkin_span")).isEqualTo((long) written.size() * CallTraces.SPANS);
        assertThat(first.retention().deletedSpans() + second.retention().deletedSpans())
                .isEqualTo(oldBatches * 5L * CallTraces.SPANS);
        assertSearchable(first, "fresh-frontend", written);
        assertThat(first.getTraces(ids(written)).execute()).hasSameSizeAs(written);
    }

    private void deleteOld(JpaStorage storage) {
        while (rows("zipkin_span WHERE batch IN (SELECT id FROM zipkin_batch WHERE stored_millis <= " + START_MILLIS
                        + ")")
                > 0) {
            storage.retention().deleteAll();
            sql.endLeases();
        }
    }

    private static List<List<Span>> writeUntil(
            AtomicBoolean ended, JpaStorage storage, CallTraces source, long beginMillis) throws IOException {
        List<List<Span>> written = new ArrayList<>();
        do {
            List<List<Span>> traces = source.next(2, beginMillis);
            storage.spanConsumer().accept(message(traces)).execute();
            written.addAll(traces);
        } while (!ended.get());
        return written;
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A writer failed", e.getCause());
        }
    }

    private static List<Span> message(List<List<Span>> traces) {
        return traces.stream().flatMap(List::stream).toList();
    }

    private static List<String> ids(List<List<Span>> traces) {
        return traces.stream().map(trace -> trace.get(0).traceId()).toList();
    }

    /** Each trace is a message. */
    private static void write(JpaStorage storage, List<List<Span>> traces) throws IOException {
        for (List<Span> trace : traces) {
            storage.spanConsumer().accept(trace).execute();
        }
    }

    private void countLinks(JpaStorage storage) {
        sql.endLeases();
        while (storage.aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
    }

    private long rows(String table) {
        return sql.number("SELECT COUNT(*) FROM " + table);
    }

    /** The search by service finds these traces, whole, and no other. */
    private static void assertSearchable(JpaStorage storage, String service, List<List<Span>> traces)
            throws IOException {
        QueryRequest all = QueryRequest.newBuilder()
                .endTs(START_MILLIS + 30 * DAY.toMillis())
                .lookback(90 * DAY.toMillis())
                .limit(traces.size() + 1)
                .serviceName(service)
                .build();
        List<Span> found = message(storage.spanStore().getTraces(all).execute());
        assertThat(found).containsExactlyInAnyOrderElementsOf(message(traces));
    }
}
