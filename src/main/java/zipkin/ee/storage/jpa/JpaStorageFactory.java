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
import zipkin.ee.config.ZipkinSettings;
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

    private final ZipkinSettings settings;
    private final BackgroundTasks tasks;
    private @Nullable Database database;

    @Inject
    JpaStorageFactory(ZipkinSettings settings, BackgroundTasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        SqlDataSource source =
                SqlDataSource.lookUp(settings.storage().type(), settings.sql().dataSource());
        DatabaseErrors errors = new DatabaseErrors(settings.sql().address(), source.name());
        Database opening = new Database(
                source.dataSource(),
                new Provider(source.name(), settings),
                errors,
                settings.sql().ensureSchema());
        database = opening;
        StorageFactory.openOrWait(opening::open, opening::close);
        JpaStorage storage = new JpaStorage(
                opening,
                settings.storage(),
                settings.sql(),
                settings.retention(),
                settings.links(),
                settings.query().timeout(),
                Clock.systemUTC());
        startTasks(storage);
        return storage;
    }

    private void startTasks(JpaStorage storage) {
        tasks.aggregateLinks(settings.links(), storage.aggregator(), () -> {
            long pending = storage.pendingBatches();
            return new Report(pending + " stored batches wait to be counted").with("pending_batches", pending);
        });
        Retention retention = storage.retention();
        Duration age = settings.retention().age();
        tasks.repeat("retention", RETENTION_PAUSE, age.isZero() ? RETENTION_PAUSE : age.dividedBy(4), () -> {
            retention.deleteAll();
            long bytes = retention.storedBytes();
            return new Report(bytes + " bytes stored, " + retention.deletedSpans() + " spans deleted here")
                    .with("deleted_spans", retention.deletedSpans())
                    .with("stored_bytes", bytes);
        });
    }

    @Override
    public String summary() {
        String place = settings.sql().address().place();
        return (place == null ? "" : place + ", ") + settings.retention().text();
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking()
                .withWriters(settings.sql().writers())
                .withBatchSpans(settings.sql().batchSpans());
    }

    @PreDestroy
    void close() {
        if (database != null) {
            database.close();
        }
    }

    /** The persistence provider of the application server, whichever it is. */
    private record Provider(String dataSource, ZipkinSettings settings) implements Database.Provider {
        @Override
        public EntityManagerFactory start() {
            return Persistence.createEntityManagerFactory(
                    UNIT, Map.of("jakarta.persistence.jtaDataSource", dataSource));
        }

        @Override
        public Transactions transactions(EntityManagerFactory factory) {
            try {
                UserTransaction transaction = SqlDataSource.object(UserTransaction.class, "java:comp/UserTransaction");
                int querySeconds = (int) settings.query().timeout().toSeconds() + 1;
                return new JtaTransactions(factory, transaction, Math.max(MIN_TRANSACTION_SECONDS, querySeconds));
            } catch (NamingException e) {
                throw new IllegalStateException("The application server offers no java:comp/UserTransaction", e);
            }
        }
    }
}
