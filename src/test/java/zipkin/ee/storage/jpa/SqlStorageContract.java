package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageContract;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.storage.StorageComponent;

/**
 * The contract of every storage, on a database and a persistence provider that a subclass names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqlStorageContract extends StorageContract {
    private final SqlStorage sql;

    SqlStorageContract(DatabaseAccess access, JpaProvider provider) {
        this.sql = new SqlStorage(access, provider);
    }

    @Override
    protected StorageComponent open(StorageSettings settings) {
        return sql.open(settings);
    }

    @Override
    protected void clear() {
        sql.clear();
    }

    @Override
    protected void countLinks(StorageComponent storage) {
        while (((JpaStorage) storage).aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
    }

    @AfterAll
    void close() {
        sql.close();
    }
}
