package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;

/**
 * A database that an administrator has to do something about stops the deployment by one line that
 * says what.
 */
class BadDatabaseIT {
    private static final String WRONG = "wr0ng-s3cret";

    @Test
    void password_whenWrong_stopsTheDeployment() {
        ServerDatabase postgres = postgres();
        Map<String, String> settings = DatabaseSettings.postgresql(postgres, postgres.owner());
        settings.put("POSTGRES_PASS", WRONG);
        String log = StoppedDeployment.assertStops(
                settings,
                "The database 127.0.0.1:" + postgres.port() + "/" + postgres.name()
                        + " refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS.");
        assertThat(log).doesNotContain(WRONG);
    }

    @Test
    void name_whenUnknown_stopsTheDeployment() {
        ServerDatabase mariadb = mariadb();
        Map<String, String> settings = DatabaseSettings.mysql(mariadb, mariadb.owner());
        settings.put("MYSQL_DB", mariadb.name() + "_x");
        // MariaDB does not show users without rights whether such a database exists.
        String log = StoppedDeployment.assertStops(
                settings,
                "The database 127.0.0.1:" + mariadb.port() + "/" + mariadb.name()
                        + "_x does not exist, or the user may not use it: create it, correct its name, or "
                        + "grant the rights");
        assertThat(log).doesNotContain(mariadb.owner().password());
    }

    @Test
    void tables_whenMissingWithoutTheRightToCreateThem_stopTheDeployment() {
        ServerDatabase postgres = postgres();
        Map<String, String> settings = DatabaseSettings.postgresql(postgres, postgres.guest());
        settings.put("ZIPKIN_DB_ENSURE_SCHEMA", "true");
        StoppedDeployment.assertStops(
                settings,
                "The user has not the rights it needs in the database 127.0.0.1:" + postgres.port() + "/"
                        + postgres.name() + ": grant them");
    }

    @Test
    void tables_whenMissingAndNotToBeCreated_stopTheDeployment() {
        ServerDatabase mariadb = mariadb();
        Map<String, String> settings = DatabaseSettings.mysql(mariadb, mariadb.owner());
        settings.put("ZIPKIN_DB_ENSURE_SCHEMA", "false");
        StoppedDeployment.assertStops(
                settings,
                "The database lacks Zipkin EE's tables: apply schema/sql/mysql/V1.sql from the WAR,"
                        + " or set ZIPKIN_DB_ENSURE_SCHEMA=true.");
    }

    @Test
    void dataSource_whenMissing_stopsTheDeployment() {
        StoppedDeployment.assertStops(
                Map.of("STORAGE_TYPE", "postgresql", "ZIPKIN_DATASOURCE", "java:/nope"),
                "STORAGE_TYPE=postgresql: the application server has no data source java:/nope."
                        + " Add it by server-config (docs/operating/sql.md), or name another one by "
                        + "ZIPKIN_DATASOURCE.");
    }

    @Test
    void password_revokedLater_isToldByHealth() {
        ServerDatabase postgres = postgres();
        DatabaseAccess owner = postgres.owner();
        try (LeasedServer lease = LeasedServer.start(DatabaseSettings.postgresql(postgres, owner))) {
            owner.execute(
                    "ALTER ROLE " + owner.user() + " PASSWORD 'another'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE usename = current_user AND pid <> pg_backend_pid()");

            HttpResponse<String> health =
                    Await.value("/health with advice", () -> lease.http().get("/health"), response -> response.body()
                            .contains("refuses"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains("refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS.")
                    .doesNotContain(owner.password());
            assertThat(lease.server().log()).doesNotContain(owner.password());
        }
    }

    private static ServerDatabase postgres() {
        return PostgresServer.shared(PostgresVersion.V18).createDatabase();
    }

    private static ServerDatabase mariadb() {
        return MariaDbServer.shared().createDatabase();
    }
}
