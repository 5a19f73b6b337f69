package zipkin.ee.testing.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a client needs to use a database: the URL of its JDBC driver and an account. */
public record DatabaseAccess(String jdbcUrl, String user, String password) {
    private static final long CONNECT_LIMIT_MILLIS = 5_000;
    private static final Logger POOLS = Logger.getLogger("com.zaxxer.hikari");

    static {
        POOLS.setLevel(Level.WARNING); // four lines a pool otherwise
    }

    /** A connection of its own, in auto-commit. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /**
     * A data source over at most {@code connections} connections, for the test to close. It can be
     * made while the database is down; a caller waits up to 5 s for a connection. One that was used
     * less than half a second ago is given without a trial.
     */
    public HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_LIMIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Executes the statements one after the other, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(jdbcUrl + " refused one of " + List.of(statements), e);
        }
    }

    /** The first column of all rows that {@code query} finds, as text. */
    public List<String> column(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(jdbcUrl + " refused " + query, e);
        }
    }
}
