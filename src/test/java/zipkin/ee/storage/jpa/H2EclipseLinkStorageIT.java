package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;

class H2EclipseLinkStorageIT extends SqlStorageContract {
    H2EclipseLinkStorageIT() {
        super(H2Database.inMemory(), JpaProvider.ECLIPSELINK);
    }
}
