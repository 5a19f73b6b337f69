package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;

/** Spans that take several rows, alone and among others. */
class LongSpanTest {
    private static final long NOW_MILLIS = 1_767_268_800_000L;

    private final SqlStorage sql = new SqlStorage(H2Database.inMemory(), JpaProvider.HIBERNATE);

    @AfterEach
    void close() {
        sql.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {63_900, 64_000, 64_100, 500_100, 2_000_000})
    void span_ofManyBytes_isReadBackBetweenItsNeighbours(int length) throws Exception {
        JpaStorage storage = sql.open(SqlStorage.SETTINGS);
        List<Span> trace = List.of(span(1, 10), span(2, length), span(3, 10), span(4, length));

        storage.spanConsumer().accept(trace).execute();

        assertThat(storage.getTrace("a").execute()).containsExactlyElementsOf(trace);
        // Another server, which has to read what is known of the format from the database.
        assertThat(sql.open(SqlStorage.SETTINGS).getTrace("a").execute()).containsExactlyElementsOf(trace);
    }

    @Test
    void span_thatIsCutOffByTheBoundOfRows_isLeftOut() throws Exception {
        JpaStorage storage = sql.open(SqlStorage.SETTINGS);
        storage.spanConsumer().accept(List.of(span(1, 10), span(2, 2_000_000))).execute();

        SqlSettings threeRows = new SqlSettings(null, true, 2, 2000, 3, new SqlAddress(null, null));
        JpaStorage bounded = new JpaStorage(
                sql.database(),
                SqlStorage.SETTINGS,
                threeRows,
                SqlStorage.KEEP_ALL,
                SqlStorage.LINKS,
                java.time.Duration.ofSeconds(30),
                java.time.Clock.systemUTC());

        assertThat(bounded.getTrace("a").execute()).containsExactly(span(1, 10));
    }

    @Test
    void spans_beforeAndAfterTheTableOfTextsWasMade_areReadBack() throws Exception {
        JpaStorage storage = sql.open(SqlStorage.SETTINGS);
        CallTraces made = new CallTraces(1, "texts-");
        List<Span> spans = new ArrayList<>();
        for (List<Span> trace : made.next(200, NOW_MILLIS)) {
            storage.spanConsumer().accept(trace).execute();
            spans.addAll(trace);
        }
        assertThat(sql.number("SELECT COUNT(*) FROM zipkin_dictionary")).isEqualTo(1);

        List<String> ids = spans.stream().map(Span::traceId).distinct().toList();
        List<Span> read = new ArrayList<>();
        sql.open(SqlStorage.SETTINGS).getTraces(ids).execute().forEach(read::addAll);
        assertThat(read).containsExactlyInAnyOrderElementsOf(spans);
    }

    private static Span span(long id, int length) {
        return Span.newBuilder()
                .traceId("a")
                .id(id)
                .timestamp(NOW_MILLIS * 1000)
                .putTag("body", Long.toString(id).repeat(length))
                .build();
    }
}
