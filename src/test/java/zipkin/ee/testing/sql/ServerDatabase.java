package zipkin.ee.testing.sql;

/**
 * A database of its own in a {@link DatabaseServer}.
 *
 * @param owner may do everything in it
 * @param guest reads and writes the rows of the owner's tables, and may neither create nor change a
 *     table
 */
public record ServerDatabase(String host, int port, String name, DatabaseAccess owner, DatabaseAccess guest) {}
