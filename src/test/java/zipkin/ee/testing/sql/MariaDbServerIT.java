package zipkin.ee.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MariaDbServerIT extends DatabaseServerContract {
    private static final String FLUSH = "SELECT @@innodb_flush_log_at_trx_commit";

    @Override
    DatabaseServer shared() {
        return MariaDbServer.shared();
    }

    @Override
    DatabaseServer start() {
        return MariaDbServer.start();
    }

    @Test
    void byMysqlDriver_ofADatabase_isTheSameDatabaseByConnectorJ() throws SQLException {
        DatabaseAccess owner = shared().createDatabase().owner();
        owner.execute("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (7)");
        DatabaseAccess mysql = MariaDbServer.byMysqlDriver(owner);
        assertThat(mysql.column("SELECT id FROM t")).containsExactly("7");
        try (Connection connection = mysql.connect()) {
            assertThat(connection.getMetaData().getDriverName()).isEqualTo("MySQL Connector/J");
        }
        try (Connection connection = owner.connect()) {
            assertThat(connection.getMetaData().getDriverName()).isEqualTo("MariaDB Connector/J");
        }
    }

    @Test
    void byMysqlDriver_withAWrongPassword_isRefused() {
        DatabaseAccess owner = shared().createDatabase().owner();
        DatabaseAccess wrong = new DatabaseAccess(owner.jdbcUrl(), owner.user(), "wrong");
        assertThatThrownBy(MariaDbServer.byMysqlDriver(wrong)::connect).isInstanceOf(SQLException.class);
    }

    @Test
    void commit_onADurableServer_waitsForTheDisk() {
        assertThat(shared().createDatabase().owner().column(FLUSH)).containsExactly("2");
        try (MariaDbServer server = MariaDbServer.startDurable()) {
            assertThat(server.createDatabase().owner().column(FLUSH)).containsExactly("1");
        }
    }
}
