package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;

/** A database that an administrator has to do something about stops the deployment by one line that says what. */
class BadDatabaseIT {
    private static final String WRONG = "wr0ng-s3cret";

    @Test
    void passwordAndName_whenWrong_stopTheDeployment() {
        ServerDatabase postgres = postgres();
        Map<String, String> wrongPassword = DatabaseSettings.postgresql(postgres, postgres.owner());
        wrongPassword.put("POSTGRES_PASS", WRONG);
        ServerDatabase mariadb = mariadb();
        Map<String, String> unknownName = DatabaseSettings.mysql(mariadb, mariadb.owner());
        unknownName.put("MYSQL_DB", mariadb.name() + "_x");

        try (ZipkinEeServer first = ZipkinEeServer.launch(wrongPassword);
                ZipkinEeServer second = ZipkinEeServer.launch(unknownName)) {
            StoppedDeployment.assertTold(
                    first,
                    "The database 127.0.0.1:" + postgres.port() + "/" + postgres.name()
                            + " refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS.");
            assertThat(first.log()).doesNotContain(WRONG);
            // MariaDB does not tell those without rights whether there is such a database.
            StoppedDeployment.assertTold(
                    second,
                    "The database 127.0.0.1:" + mariadb.port() + "/" + mariadb.name()
                            + "_x does not exist, or the user may not use it: create it, correct its name, or grant the rights");
            assertThat(second.log()).doesNotContain(mariadb.owner().password());
        }
    }

    @Test
    void tables_whenMissingWithoutTheRightToCreateThem_stopTheDeployment() {
        ServerDatabase postgres = postgres();
        Map<String, String> noRight = DatabaseSettings.postgresql(postgres, postgres.guest());
        noRight.put("ZIPKIN_DB_ENSURE_SCHEMA", "true");
        ServerDatabase mariadb = mariadb();
        Map<String, String> notWanted = DatabaseSettings.mysql(mariadb, mariadb.owner());
        notWanted.put("ZIPKIN_DB_ENSURE_SCHEMA", "false");

        try (ZipkinEeServer first = ZipkinEeServer.launch(noRight);
                ZipkinEeServer second = ZipkinEeServer.launch(notWanted)) {
            StoppedDeployment.assertTold(
                    first,
                    "The user has not the rights it needs in the database 127.0.0.1:" + postgres.port() + "/"
                            + postgres.name() + ": grant them");
            StoppedDeployment.assertTold(
                    second,
                    "The database lacks Zipkin EE's tables: apply schema/sql/mysql/V1.sql from the WAR,"
                            + " or set ZIPKIN_DB_ENSURE_SCHEMA=true.");
        }
    }

    @Test
    void dataSource_whenMissing_stopsTheDeployment_andPasswordRevokedLater_isToldByHealth() {
        ServerDatabase postgres = postgres();
        DatabaseAccess owner = postgres.owner();
        Map<String, String> missing = Map.of("STORAGE_TYPE", "postgresql", "ZIPKIN_DATASOURCE", "java:/nope");

        try (ZipkinEeServer first = ZipkinEeServer.launch(missing);
                ZipkinEeServer second = ZipkinEeServer.launch(DatabaseSettings.postgresql(postgres, owner))
                        .awaitHealthy()) {
            StoppedDeployment.assertTold(
                    first,
                    "STORAGE_TYPE=postgresql: the application server has no data source java:/nope."
                            + " Add it by server-config (docs/operating/sql.md), or name another one by ZIPKIN_DATASOURCE.");

            owner.execute(
                    "ALTER ROLE " + owner.user() + " PASSWORD 'another'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE usename = current_user AND pid <> pg_backend_pid()");

            ZipkinHttp zipkin = new ZipkinHttp(second.uri());
            HttpResponse<String> health =
                    Await.value("/health with advice", () -> zipkin.get("/health"), response -> response.body()
                            .contains("refuses"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains("refuses the user or the password: correct POSTGRES_USER and POSTGRES_PASS.")
                    .doesNotContain(owner.password());
            assertThat(second.log()).doesNotContain(owner.password());
        }
    }

    private static ServerDatabase postgres() {
        return PostgresServer.shared(PostgresVersion.V18).createDatabase();
    }

    private static ServerDatabase mariadb() {
        return MariaDbServer.shared().createDatabase();
    }
}
