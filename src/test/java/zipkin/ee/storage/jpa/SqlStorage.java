package zipkin.ee.storage.jpa;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;

/**
 * The SQL storage outside an application server: a pool and a persistence provider, for the test to
 * close.
 */
final class SqlStorage implements AutoCloseable {
    static final SqlSettings SQL = new SqlSettings(null, true, 2, 2000, 200_000, new SqlAddress(null, null));
    static final RetentionSettings KEEP_ALL = new RetentionSettings(Duration.ZERO, 0);
    static final LinkSettings LINKS = new LinkSettings(true, Duration.ZERO);
    static final StorageSettings SETTINGS =
            new StorageSettings("jpa", List.of(), true, true, List.of(), Duration.ofHours(1));

    private final DatabaseAccess access;
    private final HikariDataSource pool;
    private final Database database;

    SqlStorage(DatabaseAccess access, JpaProvider provider) {
        this(access, provider, pool -> pool);
    }

    /**
     * @param wrapping what the storage sees in place of the pool
     */
    SqlStorage(DatabaseAccess access, JpaProvider provider, UnaryOperator<DataSource> wrapping) {
        this.access = access;
        this.pool = access.pool(12);
        DataSource dataSource = wrapping.apply(pool);
        this.database = new Database(
                dataSource,
                new Database.Provider() {
                    @Override
                    public EntityManagerFactory start() {
                        return provider.entityManagerFactory("zipkin", dataSource);
                    }

                    @Override
                    public Transactions transactions(EntityManagerFactory factory) {
                        return new LocalTransactions(factory);
                    }
                },
                new DatabaseErrors(SQL.address(), "test"),
                true);
    }

    Database database() {
        return database;
    }

    DatabaseAccess access() {
        return access;
    }

    JpaStorage open(StorageSettings settings) {
        return open(settings, KEEP_ALL, Clock.systemUTC());
    }

    JpaStorage open(StorageSettings settings, RetentionSettings retention, Clock clock) {
        return new JpaStorage(database, settings, SQL, retention, LINKS, Duration.ofSeconds(30), clock);
    }

    /** Lets the leases of all servers run out, so that the next one that asks has the task. */
    void endLeases() {
        access.execute("UPDATE zipkin_lease SET until_millis = 0");
    }

    /** What a query like {@code SELECT COUNT(*)} finds; 0 for a sum of nothing. */
    long number(String query) {
        String value = access.column(query).get(0);
        return value.equals("null") ? 0 : Long.parseLong(value);
    }

    /** Removes all rows but those that the schema's scripts made. */
    void clear() {
        access.execute(
                "DELETE FROM zipkin_span",
                "DELETE FROM zipkin_batch",
                "DELETE FROM zipkin_term",
                "DELETE FROM zipkin_pending",
                "DELETE FROM zipkin_name",
                "DELETE FROM zipkin_link",
                "UPDATE zipkin_lease SET until_millis = 0");
    }

    @Override
    public void close() {
        database.close();
        pool.close();
    }
}
