package zipkin.ee.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;

/** What tests rely on in every database server. */
abstract class DatabaseServerContract {
    private static final String CREATE = "CREATE TABLE t (id INT PRIMARY KEY)";
    private static final String COUNT = "SELECT COUNT(*) FROM t";

    abstract DatabaseServer shared();

    abstract DatabaseServer start();

    @Test
    void databases_ofOneServer_doNotSeeEachOther() {
        DatabaseAccess first = shared().createDatabase().owner();
        DatabaseAccess second = shared().createDatabase().owner();
        first.execute(CREATE, "INSERT INTO t VALUES (1)");
        second.execute(CREATE);
        assertThat(first.column(COUNT)).containsExactly("1");
        assertThat(second.column(COUNT)).containsExactly("0");
    }

    @Test
    void guest_inTheOwnersTable_readsAndWritesRows() {
        ServerDatabase database = shared().createDatabase();
        database.owner().execute(CREATE, "INSERT INTO t VALUES (1)");
        database.guest()
                .execute("INSERT INTO t VALUES (2)", "UPDATE t SET id = 3 WHERE id = 1", "DELETE FROM t WHERE id = 2");
        assertThat(database.guest().column("SELECT id FROM t")).containsExactly("3");
    }

    @Test
    void guest_thatCreatesATable_isRefused() {
        DatabaseAccess guest = shared().createDatabase().guest();
        assertThatThrownBy(() -> guest.execute(CREATE)).hasRootCauseInstanceOf(SQLException.class);
    }

    @Test
    void connect_withAWrongPassword_isRefused() {
        DatabaseAccess owner = shared().createDatabase().owner();
        DatabaseAccess wrong = new DatabaseAccess(owner.jdbcUrl(), owner.user(), "wrong");
        assertThatThrownBy(wrong::connect).isInstanceOf(SQLException.class);
    }

    @Test
    void kill_ofTheSharedServer_isRefused() {
        assertThatThrownBy(shared()::kill).hasMessageContaining("Other tests use this server");
        assertThat(shared().isAlive()).isTrue();
    }

    @Test
    void restart_afterKill_hasWhatWasCommittedAndNothingElse() throws SQLException {
        try (DatabaseServer server = start()) {
            DatabaseAccess owner = server.createDatabase().owner();
            owner.execute(CREATE);
            try (HikariDataSource pool = owner.pool(4);
                    Connection open = owner.connect();
                    Statement statement = open.createStatement()) {
                insert(pool, 1000);
                open.setAutoCommit(false);
                statement.execute("INSERT INTO t VALUES (-1)");
                server.kill();
                assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
                assertThat(server.isAlive()).isFalse();
                assertThatThrownBy(owner::connect).isInstanceOf(SQLException.class);
                server.restart();
                assertThat(owner.column(COUNT)).containsExactly("1000");
                assertThat(Await.value("an insert", () -> inserts(pool), inserted -> inserted))
                        .isTrue();
            }
        }
    }

    /** For half a second the pool may give a connection that it has not tried since the kill. */
    private static boolean inserts(HikariDataSource pool) {
        try {
            insert(pool, 1);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Each row in a transaction of its own. */
    private static void insert(HikariDataSource pool, int rows) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO t SELECT COALESCE(MAX(id), 0) + 1 FROM t")) {
            for (int i = 0; i < rows; i++) {
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
        }
    }
}
