package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.cassandra.CassandraSettings.Access;
import zipkin.ee.storage.cassandra.CassandraSettings.Writing;
import zipkin.ee.testing.cassandra.CassandraNode;

/** The storage in a keyspace of its own, outside an application server. */
final class CassandraKeyspace {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final CassandraNode node;
    private final String name = "zipkin_" + NUMBER.incrementAndGet();

    CassandraKeyspace(CassandraNode node) {
        this.node = node;
    }

    CassandraSettings settings() {
        return new CassandraSettings(
                name,
                List.of(InetSocketAddress.createUnresolved(node.host(), node.port())),
                "datacenter1",
                true,
                new Access(null, null, false, true),
                1,
                3,
                Duration.ofSeconds(60),
                new Writing(2, 2000, 128),
                200_000,
                "LOCAL_ONE");
    }

    CassandraStorage open(StorageSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    CassandraStorage open(StorageSettings settings, Clock clock) {
        return new CassandraStorage(
                new SessionFactory(settings()),
                settings,
                settings(),
                new LinkSettings(true, Duration.ZERO),
                Duration.ofSeconds(60),
                clock);
    }

    /** Deletes all rows; to truncate what is empty would take as long as the rest. */
    static void clear(CassandraStorage storage) {
        OpenSession session = storage.connection().get();
        List<CompletableFuture<AsyncResultSet>> truncations = new ArrayList<>();
        session.driver().getMetadata().getKeyspace(session.keyspace()).ifPresent(keyspace -> keyspace.getTables()
                .keySet()
                .forEach(table -> truncations.add(clear(session, session.keyspace() + "." + table.asInternal()))));
        truncations.forEach(CompletableFuture::join);
    }

    private static CompletableFuture<AsyncResultSet> clear(OpenSession session, String table) {
        return session.driver()
                .executeAsync("SELECT * FROM " + table + " LIMIT 1")
                .thenCompose(rows -> rows.one() == null
                        ? CompletableFuture.completedStage(rows)
                        : session.driver()
                                .executeAsync(SimpleStatement.newInstance("TRUNCATE " + table)
                                        .setTimeout(Duration.ofSeconds(60))))
                .toCompletableFuture();
    }
}
