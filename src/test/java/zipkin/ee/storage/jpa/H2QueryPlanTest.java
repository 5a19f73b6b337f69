package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin.ee.storage.jpa.StatementRecorder.Recorded;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;

/**
 * H2 reads all rows that a condition finds before it sorts them and applies a limit, unless an
 * index has the whole order. Each page of a large trace would then read the rest of the trace.
 */
class H2QueryPlanTest {
    private static final int SPANS = 1_500;

    @Test
    void pagesOfALargeTrace_areReadInTheOrderOfAnIndex() throws Exception {
        StatementRecorder recorder = new StatementRecorder();
        try (SqlStorage sql = new SqlStorage(H2Database.inMemory(), JpaProvider.HIBERNATE, recorder::wrap)) {
            JpaStorage storage = sql.open(SqlStorage.SETTINGS);
            List<Span> message = new ArrayList<>();
            for (int i = 1; i <= SPANS; i++) {
                message.add(Span.newBuilder().traceId("a").id(i).build());
            }
            storage.spanConsumer().accept(message).execute();
            recorder.take();

            assertThat(storage.getTrace("a").execute()).hasSize(SPANS);

            List<String> plans = new ArrayList<>();
            try (Connection connection = sql.access().connect()) {
                for (Recorded recorded : recorder.take()) {
                    if (recorded.sql().contains("zipkin_span")) {
                        plans.add(plan(connection, recorded));
                    }
                }
            }
            assertThat(plans).hasSizeGreaterThan(2).allSatisfy(plan -> assertThat(plan)
                    .contains("index sorted"));
        }
    }

    private static String plan(Connection connection, Recorded recorded) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + recorded.sql())) {
            recorded.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
