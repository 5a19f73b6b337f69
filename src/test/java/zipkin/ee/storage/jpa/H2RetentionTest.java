package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;

class H2RetentionTest extends RetentionContract {
    H2RetentionTest() {
        super(H2Database.inMemory(), JpaProvider.HIBERNATE);
    }
}
