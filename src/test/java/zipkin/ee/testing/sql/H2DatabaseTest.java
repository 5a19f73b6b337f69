package zipkin.ee.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DatabaseTest {
    private static final String CREATE = "CREATE TABLE t (id INT PRIMARY KEY)";
    private static final String COUNT = "SELECT COUNT(*) FROM t";

    @TempDir
    Path folder;

    @Test
    void inMemory_afterItsLastConnection_staysUntilShutDown() {
        DatabaseAccess database = H2Database.inMemory();
        database.execute(CREATE, "INSERT INTO t VALUES (1)");
        assertThat(database.column(COUNT)).containsExactly("1");
        H2Database.shutDown(database);
        assertThatThrownBy(() -> database.column(COUNT)).hasRootCauseInstanceOf(SQLException.class);
        H2Database.shutDown(database);
    }

    @Test
    void inMemory_twice_isTwoDatabases() {
        DatabaseAccess first = H2Database.inMemory();
        DatabaseAccess second = H2Database.inMemory();
        first.execute(CREATE);
        second.execute(CREATE);
        H2Database.shutDown(first);
        H2Database.shutDown(second);
    }

    @Test
    void inFile_afterShutDown_hasItsRows() {
        DatabaseAccess database = H2Database.inFile(folder.resolve("spans"));
        database.execute(CREATE, "INSERT INTO t VALUES (1)");
        H2Database.shutDown(database);
        assertThat(folder.resolve("spans.mv.db")).exists();
        assertThat(database.column(COUNT)).containsExactly("1");
    }

    @Test
    void guest_inTheOwnersTable_writesRowsButCreatesNothing() {
        DatabaseAccess owner = H2Database.inMemory();
        DatabaseAccess guest = H2Database.addGuest(owner);
        owner.execute(CREATE);
        guest.execute("INSERT INTO t VALUES (1)");
        assertThat(guest.column(COUNT)).containsExactly("1");
        assertThatThrownBy(() -> guest.execute("CREATE TABLE u (id INT)")).hasRootCauseInstanceOf(SQLException.class);
        H2Database.shutDown(owner);
    }

    @Test
    void pool_ofOneConnection_givesItAgain() throws SQLException {
        DatabaseAccess database = H2Database.inMemory();
        try (HikariDataSource pool = database.pool(1)) {
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
            }
            pool.getConnection().close();
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
        }
        H2Database.shutDown(database);
    }
}
