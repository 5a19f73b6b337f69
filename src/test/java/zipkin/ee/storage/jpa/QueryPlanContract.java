package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.jpa.StatementRecorder.Recorded;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * The statements that the storage sends to a database with 60,000 spans of a week are answered by
 * indexes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryPlanContract {
    private static final long START_MILLIS = 1_767_268_800_000L; // 2026-01-01T12:00Z
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MESSAGES = 3000;
    private static final int TRACES_PER_MESSAGE = 2;

    /**
     * Tables with a row for each server task, each day, each batch of the last seconds: reading
     * them all is as good as an index.
     */
    private static final Set<String> SMALL_TABLES = Set.of("zipkin_lease", "zipkin_dictionary", "zipkin_pending");

    private static final Pattern TABLE =
            Pattern.compile("\\b(zipkin_\\w+)(?:\\s+(?:as\\s+)?(\\w+_\\d+|t\\d+))?", Pattern.CASE_INSENSITIVE);

    private final StatementRecorder recorder = new StatementRecorder();
    private final MovableClock clock = new MovableClock(START_MILLIS);
    private final SqlStorage sql;
    private final JpaStorage storage;
    private List<Span> sample = List.of();

    QueryPlanContract(DatabaseAccess access) {
        this.sql = new SqlStorage(access, JpaProvider.HIBERNATE, recorder::wrap);
        this.storage = sql.open(
                new StorageSettings("jpa", List.of(), true, true, List.of("environment"), Duration.ofHours(1)),
                new RetentionSettings(WEEK, 1_000_000_000),
                clock);
    }

    /** Has the database count its rows. */
    abstract void analyze(DatabaseAccess access);

    /**
     * The plan, one line a step.
     *
     * @param aliases table by the alias it has in the statement
     * @param scans takes {@code table by index}, or {@code table} alone, of each step that reads
     *     all of it
     */
    abstract List<String> explain(
            Connection connection, Recorded statement, Map<String, String> aliases, Set<String> scans)
            throws SQLException;

    @BeforeAll
    void fill() throws IOException {
        List<CallTraces> sources = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sources.add(new CallTraces(i, "shop-" + i + "-"));
        }
        Duration pause = WEEK.dividedBy(MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            clock.advance(pause);
            List<Span> message = new ArrayList<>();
            for (List<Span> trace : sources.get(i % sources.size()).next(TRACES_PER_MESSAGE, clock.millis())) {
                trace.forEach(span -> message.add(span.toBuilder()
                        .putTag("environment", "zone-" + span.id().charAt(0))
                        .build()));
                sample = trace;
            }
            storage.spanConsumer().accept(message).execute();
        }
        count();
        analyze(sql.access());
        recorder.take();
    }

    @AfterAll
    void close() {
        sql.close();
    }

    @Test
    void searches_ofEachKind_readNoWholeTable() throws Exception {
        String service = "shop-7-backend-1";
        search(request());
        search(request().serviceName(service));
        search(request().spanName("operation-3"));
        search(request().serviceName(service).spanName("operation-3"));
        search(request().remoteServiceName("database"));
        search(request().serviceName(service).remoteServiceName("database"));
        search(request().parseAnnotationQuery("error"));
        search(request().parseAnnotationQuery("span=" + sample.get(3).id()));
        search(request().serviceName(service).parseAnnotationQuery("error=500"));
        search(request().serviceName(service).parseAnnotationQuery("environment=zone-a and error"));
        search(request().serviceName(service).minDuration(900_000L));
        search(request().serviceName(service).minDuration(1000L).maxDuration(2000L));
        search(request().serviceName("nobody"));
        search(request().serviceName("shop-7-frontend").limit(1000));

        assertIndexed("zipkin_span", "zipkin_batch", "zipkin_term");
    }

    @Test
    void traces_byIds_readNoWholeTable() throws Exception {
        storage.getTrace(sample.get(0).traceId()).execute();
        storage.getTrace("123").execute();
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            ids.add(Integer.toHexString(i));
        }
        storage.getTraces(ids).execute();

        assertIndexed("zipkin_span");
    }

    @Test
    void names_ofEachKind_readNoWholeTable() throws Exception {
        storage.getServiceNames().execute();
        storage.getSpanNames("shop-7-frontend").execute();
        storage.getRemoteServiceNames("shop-7-frontend").execute();
        storage.getValues("environment").execute();
        storage.check();

        assertIndexed("zipkin_name", "zipkin_lease");
    }

    @Test
    void links_readAndCounted_readNoWholeTable() throws Exception {
        storage.spanStore().getDependencies(clock.millis(), 3_600_000).execute();
        JpaStorage other = sql.open(SqlStorage.SETTINGS, SqlStorage.KEEP_ALL, clock);
        other.spanConsumer().accept(sample.subList(0, 5)).execute();
        other.spanConsumer()
                .accept(new CallTraces(99, "shop-7-").next(clock.millis()))
                .execute();
        count();

        assertIndexed("zipkin_link", "zipkin_span", "zipkin_batch", "zipkin_pending", "zipkin_name");
    }

    @Test
    void retention_ofAgeAndBytes_readsNoWholeTable() throws Exception {
        clock.advance(Duration.ofHours(12));
        storage.retention().deleteAll();

        assertThat(storage.retention().deletedSpans()).isBetween(1000L, 10_000L);
        assertIndexed("zipkin_span", "zipkin_batch", "zipkin_term", "zipkin_name", "zipkin_link");
    }

    private QueryRequest.Builder request() {
        return QueryRequest.newBuilder()
                .endTs(START_MILLIS + WEEK.toMillis())
                .lookback(WEEK.toMillis() / 2)
                .limit(10);
    }

    private void search(QueryRequest.Builder request) throws IOException {
        storage.spanStore().getTraces(request.build()).execute();
    }

    private void count() {
        sql.endLeases();
        while (storage.aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
    }

    /** Every statement since the last look, which has to have met these tables. */
    private void assertIndexed(String... tables) throws SQLException {
        Map<String, Recorded> statements = new TreeMap<>();
        // The same text may be planned otherwise for a first page and a later one.
        recorder.take().forEach(each -> {
            if (!each.sql().startsWith("insert")) {
                statements.putIfAbsent(each.sql() + " -- first", each);
                statements.put(each.sql() + " -- last", each);
            }
        });
        Set<String> met = new TreeSet<>();
        SoftAssertions all = new SoftAssertions();
        try (Connection connection = sql.access().connect()) {
            for (Recorded statement : statements.values()) {
                Map<String, String> aliases = aliases(statement.sql());
                met.addAll(aliases.values());
                Set<String> scans = new TreeSet<>();
                List<String> plan = explain(connection, statement, aliases, scans);
                scans.removeIf(scan -> SMALL_TABLES.contains(scan.replaceFirst(" .*", "")));
                if (statement.sql().matches("select sum\\(.*bytes\\) from zipkin_batch \\w+")) {
                    // All of them are added up. There is an index for it, which PostgreSQL takes
                    // when headers are larger than here.
                    scans.removeAll(Set.of("zipkin_batch", "zipkin_batch by zipkin_batch_stored"));
                }
                all.assertThat(scans)
                        .as("%s%n%s", statement.sql(), String.join("\n", plan))
                        .isEmpty();
            }
        }
        all.assertThat(met).contains(tables);
        all.assertAll();
    }

    /** Tables by their aliases and by their names. */
    private static Map<String, String> aliases(String statement) {
        Map<String, String> aliases = new TreeMap<>();
        Matcher matcher = TABLE.matcher(statement);
        while (matcher.find()) {
            aliases.put(matcher.group(1), matcher.group(1));
            if (matcher.group(2) != null) {
                aliases.put(matcher.group(2), matcher.group(1));
            }
        }
        return aliases;
    }
}
