package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Many writers at the same time, by one server and by two that share the database: nothing is lost,
 * doubled or refused, and the links are those of the whole traces however their spans came in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqlConcurrencyContract {
    private static final int WRITERS = 8;
    private static final int TRACES = 24;
    private static final long DAY_MILLIS = 24 * 3600 * 1000L;
    private static final long NOON_MILLIS = 1_767_268_800_000L; // 2026-01-01T12:00Z
    private static final long LIMIT_SECONDS = 120;

    private final List<SqlStorage> databases;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SqlConcurrencyContract(DatabaseAccess access, JpaProvider provider) {
        this.databases = List.of(new SqlStorage(access, provider), new SqlStorage(access, provider));
    }

    @AfterEach
    void clear() {
        databases.get(0).clear();
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        databases.forEach(SqlStorage::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sameTraces_writtenByEightAtOnce_haveEachSpanOnce(int servers) throws Exception {
        CallTraces made = new CallTraces(servers, "same-");
        List<List<Span>> traces = made.next(TRACES, NOON_MILLIS);
        List<List<Span>> messages = made.scatter(traces, 30);
        List<JpaStorage> storages = open(servers);

        together(WRITERS, writer -> write(storages.get(writer % servers), shuffled(messages, writer)));

        assertReadable(storages.get(0), traces);
        assertThat(rows("SELECT COUNT(*) FROM zipkin_span")).isEqualTo((long) WRITERS * TRACES * CallTraces.SPANS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void partsOfTraces_writtenByEightAtOnce_areWholeAndStoredOnce(int servers) throws Exception {
        CallTraces made = new CallTraces(servers, "parts-");
        List<List<Span>> traces = made.next(WRITERS * TRACES, NOON_MILLIS);
        List<List<Span>> messages = made.scatter(traces, 20);
        List<JpaStorage> storages = open(servers);

        together(WRITERS, writer -> write(storages.get(writer % servers), share(messages, writer)));

        assertReadable(storages.get(0), traces);
        long spans = (long) traces.size() * CallTraces.SPANS;
        assertThat(rows("SELECT COUNT(*) FROM zipkin_span")).isEqualTo(spans);
        assertThat(rows("SELECT SUM(spans) FROM zipkin_batch")).isEqualTo(spans);
    }

    @Test
    void links_countedByTwoServersWhileSpansComeLateAndTwice_areThoseOfTheWholeTraces() throws Exception {
        CallTraces made = new CallTraces(3, "links-");
        List<List<Span>> traces = made.next(4 * TRACES, NOON_MILLIS);
        List<List<Span>> messages = made.scatter(traces, 12);
        List<JpaStorage> storages = open(2);
        CountDownLatch writing = new CountDownLatch(WRITERS);
        AtomicBoolean failed = new AtomicBoolean();

        together(WRITERS + 3, thread -> {
            if (thread >= WRITERS) {
                while (writing.getCount() > 0 && !failed.get()) {
                    if (thread == WRITERS) {
                        databases.get(0).endLeases();
                    } else {
                        storages.get(thread - WRITERS - 1).aggregator().aggregateNext();
                    }
                }
                return;
            }
            try {
                // Each message is sent by two writers.
                List<List<Span>> mine = new ArrayList<>(share(messages, thread));
                mine.addAll(share(messages, (thread + 1) % WRITERS));
                write(storages.get(thread % 2), shuffled(mine, thread));
            } finally {
                writing.countDown();
            }
        });
        storages.forEach(this::countAll);

        assertThat(storages.get(0).pendingBatches()).isZero();
        assertThat(found(storages.get(1))).containsExactlyInAnyOrderElementsOf(CallTraces.links(traces));
    }

    @Test
    void links_ofATraceThatGrowsSpanBySpan_areAlwaysThoseOfWhatIsThere() throws IOException {
        CallTraces made = new CallTraces(4, "growing-");
        List<Span> spans =
                made.scatter(List.of(made.next(NOON_MILLIS)), CallTraces.SPANS).get(0);
        List<JpaStorage> storages = open(2);

        for (int i = 1; i <= spans.size(); i++) {
            write(storages.get(i % 2), List.of(spans.subList(i - 1, i)));
            countAll(storages.get(i / 2 % 2));

            assertThat(found(storages.get(0)))
                    .as("after %s", spans.subList(0, i))
                    .containsExactlyInAnyOrderElementsOf(CallTraces.links(List.of(spans.subList(0, i))));
        }
    }

    @Test
    void links_ofAMessageThatCameTwice_areCountedOnce() throws IOException {
        List<List<Span>> traces = new CallTraces(5, "twice-").next(3, NOON_MILLIS);
        List<DependencyLink> expected = CallTraces.links(traces);
        List<JpaStorage> storages = open(2);

        write(storages.get(0), traces);
        write(storages.get(1), traces);
        countAll(storages.get(0));
        assertThat(found(storages.get(0))).containsExactlyInAnyOrderElementsOf(expected);

        write(storages.get(0), traces);
        countAll(storages.get(1));
        assertThat(found(storages.get(0))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void links_ofATraceWhoseRootComesLateAndIsOfTheDayBefore_moveToThatDay() throws IOException {
        List<Span> trace = new CallTraces(6, "midnight-").next(NOON_MILLIS);
        Span root = trace.get(0).toBuilder()
                .timestamp((NOON_MILLIS - DAY_MILLIS) * 1000)
                .build();
        List<Span> rest = trace.subList(1, trace.size());
        List<JpaStorage> storages = open(2);
        write(storages.get(0), List.of(rest));
        countAll(storages.get(0));
        assertThat(found(storages.get(0))).containsExactlyInAnyOrderElementsOf(CallTraces.links(List.of(rest)));

        write(storages.get(1), List.of(List.of(root)));
        countAll(storages.get(1));

        List<Span> whole = new ArrayList<>(rest);
        whole.add(root);
        assertThat(found(storages.get(0))).isEmpty();
        assertThat(links(storages.get(0), NOON_MILLIS - DAY_MILLIS))
                .containsExactlyInAnyOrderElementsOf(CallTraces.links(List.of(whole)));
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    /**
     * Runs the work on so many threads, which begin at the same time; fails with what the first of
     * them throws.
     */
    private void together(int count, Work work) throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            Callable<Void> task = () -> {
                ready.countDown();
                ready.await();
                work.run(thread);
                return null;
            };
            all.add(threads.submit(task));
        }
        for (Future<?> each : all) {
            each.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Storages that know nothing of each other. */
    private List<JpaStorage> open(int servers) {
        List<JpaStorage> storages = new ArrayList<>();
        databases.subList(0, servers).forEach(database -> storages.add(database.open(SqlStorage.SETTINGS)));
        return storages;
    }

    private static void write(JpaStorage storage, List<List<Span>> messages) throws IOException {
        for (List<Span> message : messages) {
            storage.spanConsumer().accept(message).execute();
        }
    }

    private static List<List<Span>> shuffled(List<List<Span>> messages, int seed) {
        List<List<Span>> shuffled = new ArrayList<>(messages);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static List<List<Span>> share(List<List<Span>> messages, int writer) {
        List<List<Span>> share = new ArrayList<>();
        for (int i = writer; i < messages.size(); i += WRITERS) {
            share.add(messages.get(i));
        }
        return share;
    }

    private void countAll(JpaStorage storage) {
        databases.get(0).endLeases();
        while (storage.aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
    }

    private static List<DependencyLink> found(JpaStorage storage) throws IOException {
        return links(storage, NOON_MILLIS);
    }

    /** Of the day of {@code endMillis}. */
    private static List<DependencyLink> links(JpaStorage storage, long endMillis) throws IOException {
        return storage.spanStore().getDependencies(endMillis, 1).execute();
    }

    private long rows(String query) {
        return databases.get(0).number(query);
    }

    /** By id one by one and all at once, and by a search. */
    private static void assertReadable(JpaStorage storage, List<List<Span>> traces) throws IOException {
        List<String> ids = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (List<Span> trace : traces) {
            ids.add(trace.get(0).traceId());
            spans.addAll(trace);
            assertThat(storage.getTrace(trace.get(0).traceId()).execute()).containsExactlyInAnyOrderElementsOf(trace);
        }
        List<Span> read = new ArrayList<>();
        storage.getTraces(ids).execute().forEach(read::addAll);
        assertThat(read).containsExactlyInAnyOrderElementsOf(spans);
        QueryRequest all = QueryRequest.newBuilder()
                .endTs(NOON_MILLIS + 10_000)
                .lookback(20_000)
                .limit(traces.size() + 1)
                .serviceName(traces.get(0).get(0).localServiceName())
                .build();
        List<Span> found = new ArrayList<>();
        storage.spanStore().getTraces(all).execute().forEach(found::addAll);
        assertThat(found).containsExactlyInAnyOrderElementsOf(spans);
    }
}
