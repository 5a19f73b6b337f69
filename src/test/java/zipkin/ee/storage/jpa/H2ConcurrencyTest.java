package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;

class H2ConcurrencyTest extends SqlConcurrencyContract {
    H2ConcurrencyTest() {
        super(H2Database.inMemory(), JpaProvider.HIBERNATE);
    }
}
