package zipkin.ee.testing.sql;

import java.sql.SQLException;
import java.util.UUID;
import zipkin.ee.testing.RestartableServer;

/**
 * A database server.
 *
 * <p>What was acknowledged as committed is there after {@link #kill} and {@link #restart}. Only
 * a server that was started as durable waits for the disk at each commit, as production does.
 */
public abstract class DatabaseServer extends RestartableServer {
    private final boolean shared;

    DatabaseServer(String name, int port, boolean shared) {
        super(name, port);
        this.shared = shared;
    }

    /** The account that may do everything, in the database that every server has. */
    abstract DatabaseAccess administrator();

    /** Makes an empty database called {@code name} with its two accounts. */
    abstract ServerDatabase createDatabase(String name);

    /** An empty database that nobody else uses. */
    public ServerDatabase createDatabase() {
        return createDatabase("zipkin_" + randomName());
    }

    /**
     * Executes statements as the account that may do everything; of a server that the test has
     * started.
     */
    public void administer(String... statements) {
        if (shared) {
            throw new IllegalStateException("Other tests use this server. Administer one that the test started.");
        }
        administrator().execute(statements);
    }

    /** Refused on a shared server. */
    @Override
    public void kill() {
        if (shared) {
            throw new IllegalStateException("Other tests use this server. Kill one that the test started.");
        }
        super.kill();
    }

    @Override
    protected void connect() throws SQLException {
        administrator().connect().close();
    }

    static String randomName() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
