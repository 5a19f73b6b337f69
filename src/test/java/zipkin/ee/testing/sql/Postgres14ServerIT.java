package zipkin.ee.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("matrix")
class Postgres14ServerIT extends DatabaseServerContract {
    @Override
    DatabaseServer shared() {
        return PostgresServer.shared(PostgresVersion.V14);
    }

    @Override
    DatabaseServer start() {
        return PostgresServer.start(PostgresVersion.V14);
    }

    @Test
    void server_started_isOfItsVersion() {
        assertThat(shared().createDatabase().owner().column("SHOW server_version_num"))
                .singleElement()
                .asString()
                .startsWith("14");
    }

    @Test
    void commit_onADurableServer_waitsForTheDisk() {
        assertThat(shared().createDatabase().owner().column("SHOW fsync")).containsExactly("off");
        try (PostgresServer server = PostgresServer.startDurable(PostgresVersion.V14)) {
            assertThat(server.createDatabase().owner().column("SHOW fsync")).containsExactly("on");
        }
    }
}
