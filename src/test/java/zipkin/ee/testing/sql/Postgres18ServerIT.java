package zipkin.ee.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Postgres18ServerIT extends DatabaseServerContract {
    @Override
    DatabaseServer shared() {
        return PostgresServer.shared(PostgresVersion.V18);
    }

    @Override
    DatabaseServer start() {
        return PostgresServer.start(PostgresVersion.V18);
    }

    @Test
    void server_started_isOfItsVersion() {
        assertThat(shared().createDatabase().owner().column("SHOW server_version_num"))
                .singleElement()
                .asString()
                .startsWith("18");
    }

    @Test
    void commit_onADurableServer_waitsForTheDisk() {
        assertThat(shared().createDatabase().owner().column("SHOW fsync")).containsExactly("off");
        try (PostgresServer server = PostgresServer.startDurable(PostgresVersion.V18)) {
            assertThat(server.createDatabase().owner().column("SHOW fsync")).containsExactly("on");
        }
    }
}
