package zipkin.ee.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.storage.LiveLinksContract;
import zipkin.ee.testing.cassandra.CassandraVersion;
import zipkin.ee.testing.cassandra.SharedCassandra;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.StorageComponent;

class CassandraLinksIT extends LiveLinksContract {
    private static final StorageSettings SETTINGS =
            new StorageSettings("cassandra3", List.of(), true, true, List.of(), Duration.ofHours(1));

    private static final CassandraKeyspace KEYSPACE =
            new CassandraKeyspace(SharedCassandra.of(CassandraVersion.V5_0, false));

    @Override
    protected StorageComponent open(Clock clock) {
        return KEYSPACE.open(SETTINGS, clock);
    }

    @Override
    protected void count(StorageComponent storage) {
        DependencyAggregator links = ((CassandraStorage) storage).aggregator();
        links.aggregateNext();
        while (links.aggregateNext() > 0) {
            // until nothing is left
        }
    }

    @AfterEach
    void clear() {
        try (CassandraStorage storage = KEYSPACE.open(SETTINGS)) {
            CassandraKeyspace.clear(storage);
        }
    }

    /** The columns that zipkin-dependencies writes and reads. */
    @Test
    void dependency_hasTheColumnsOfTheSparkJob() throws IOException {
        try (CassandraStorage storage = (CassandraStorage) open(Clock.systemUTC())) {
            count(storage);
            Span client = Span.newBuilder()
                    .traceId("1")
                    .id("1")
                    .kind(Span.Kind.CLIENT)
                    .timestamp(System.currentTimeMillis() * 1000)
                    .localEndpoint(
                            Endpoint.newBuilder().serviceName("front end").build())
                    .remoteEndpoint(Endpoint.newBuilder().serviceName("bäckend").build())
                    .putTag("error", "")
                    .build();
            storage.spanConsumer().accept(List.of(client)).execute();
            count(storage);

            OpenSession session = storage.connection().get();
            List<Row> rows = session.driver()
                    .execute("SELECT * FROM " + session.keyspace() + ".dependency")
                    .all();
            assertThat(rows).hasSize(1);
            Row row = rows.get(0);
            assertThat(row.getColumnDefinitions()).hasSize(5);
            assertThat(row.getLocalDate("day")).isEqualTo(LocalDate.now(ZoneOffset.UTC));
            assertThat(row.getString("parent")).isEqualTo("front end");
            assertThat(row.getString("child")).isEqualTo("bäckend");
            assertThat(row.getLong("calls")).isEqualTo(1);
            assertThat(row.getLong("errors")).isEqualTo(1);
        }
    }
}
