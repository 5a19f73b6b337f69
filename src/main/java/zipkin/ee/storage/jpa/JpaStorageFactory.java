package zipkin.ee.storage.jpa;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/** Opens the SQL storage on a data source of the application server, within its transactions. */
@SingleInstance
@StorageType({"postgresql", "mysql", "mariadb", "h2", "jpa"})
class JpaStorageFactory implements StorageFactory {
    private static final String UNIT = "zipkin";
    private static final int MIN_TRANSACTION_SECONDS = 60;
    private static final Duration RETENTION_PAUSE = Duration.ofSeconds(30);

    private final StorageSettings storage;
    private final SqlSettings sql;
    private final RetentionSettings retention;
    private final LinkSettings links;
    private final QuerySettings query;
    private final BackgroundTasks tasks;
    private @Nullable Database database;

    @Inject
    JpaStorageFactory(
            StorageSettings storage,
            SqlSettings sql,
            RetentionSettings retention,
            LinkSettings links,
            QuerySettings query,
            BackgroundTasks tasks) {
        this.storage = storage;
        this.sql = sql;
        this.retention = retention;
        this.links = links;
        this.query = query;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        SqlDataSource source = SqlDataSource.lookUp(storage.type(), sql.dataSource());
        DatabaseErrors errors = new DatabaseErrors(sql.address(), source.name());
        Database opening = new Database(
                source.dataSource(), new Provider(source.name(), query.timeout()), errors, sql.ensureSchema());
        database = opening;
        StorageFactory.openOrWait(opening::open, opening::close);
        JpaStorage opened = new JpaStorage(opening, storage, sql, retention, links, query.timeout(), Clock.systemUTC());
        startTasks(opened);
        return opened;
    }

    private void startTasks(JpaStorage opened) {
        tasks.aggregateLinks(links, opened.aggregator(), () -> {
            long pending = opened.pendingBatches();
            return new Report(pending + " stored batches wait to be counted").with("pending_batches", pending);
        });
        Retention deletion = opened.retention();
        Duration age = retention.age();
        tasks.repeat("retention", RETENTION_PAUSE, age.isZero() ? RETENTION_PAUSE : age.dividedBy(4), () -> {
            deletion.deleteAll();
            long bytes = deletion.storedBytes();
            return new Report(bytes + " bytes stored, " + deletion.deletedSpans() + " spans deleted here")
                    .with("deleted_spans", deletion.deletedSpans())
                    .with("stored_bytes", bytes);
        });
    }

    @Override
    public String summary() {
        String place = sql.address().place();
        return (place == null ? "" : place + ", ") + retention.text();
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withWriters(sql.writers()).withBatchSpans(sql.batchSpans());
    }

    @PreDestroy
    void close() {
        if (database != null) {
            database.close();
        }
    }

    /** The persistence provider of the application server, whichever it is. */
    private record Provider(String dataSource, Duration queryTimeout) implements Database.Provider {
        @Override
        public EntityManagerFactory start() {
            return Persistence.createEntityManagerFactory(
                    UNIT, Map.of("jakarta.persistence.jtaDataSource", dataSource));
        }

        @Override
        public Transactions transactions(EntityManagerFactory factory) {
            try {
                UserTransaction transaction = SqlDataSource.object(UserTransaction.class, "java:comp/UserTransaction");
                int querySeconds = (int) queryTimeout.toSeconds() + 1;
                return new JtaTransactions(factory, transaction, Math.max(MIN_TRANSACTION_SECONDS, querySeconds));
            } catch (NamingException e) {
                throw new IllegalStateException("The application server offers no java:comp/UserTransaction", e);
            }
        }
    }
}
