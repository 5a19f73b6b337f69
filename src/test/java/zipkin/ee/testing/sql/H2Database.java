package zipkin.ee.testing.sql;

import java.nio.file.Path;
import java.util.UUID;

/** Databases of H2, inside this JVM. */
public final class H2Database {
    private static final String OWNER = "zipkin";
    private static final String GUEST = "guest";

    private H2Database() {}

    /** An empty database in memory, which stays until {@link #shutDown} or the JVM's end. */
    public static DatabaseAccess inMemory() {
        return owner("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /**
     * The database in {@code file}, to which H2 adds {@code .mv.db}; made on first use, closed
     * after the last connection. As the data sources of server-config open it.
     */
    public static DatabaseAccess inFile(Path file) {
        return owner("jdbc:h2:retry:" + file.toAbsolutePath() + ";WRITE_DELAY=0");
    }

    /**
     * Makes an account that reads and writes the rows of all tables and may not create any; at most
     * one a database.
     */
    public static DatabaseAccess addGuest(DatabaseAccess owner) {
        // The URL's settings are an administrator's; they hold for the database that the owner has
        // opened.
        String url = owner.jdbcUrl().replaceFirst(";.*", "");
        DatabaseAccess guest = new DatabaseAccess(url, GUEST, UUID.randomUUID().toString());
        owner.execute(
                "CREATE USER " + GUEST + " PASSWORD '" + guest.password() + "'",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO " + GUEST);
        return guest;
    }

    /** Closes the database and breaks all connections; what was in memory is gone. */
    public static void shutDown(DatabaseAccess owner) {
        owner.execute("SHUTDOWN");
    }

    private static DatabaseAccess owner(String url) {
        return new DatabaseAccess(url, OWNER, "secret");
    }
}
