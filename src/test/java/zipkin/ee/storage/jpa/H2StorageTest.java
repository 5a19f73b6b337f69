package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;

class H2StorageTest extends SqlStorageContract {
    H2StorageTest() {
        super(H2Database.inMemory(), JpaProvider.HIBERNATE);
    }
}
