package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;

@Tag("matrix")
class H2EclipseLinkStorageIT extends SqlStorageContract {
    H2EclipseLinkStorageIT() {
        super(H2Database.inMemory(), JpaProvider.ECLIPSELINK);
    }
}
