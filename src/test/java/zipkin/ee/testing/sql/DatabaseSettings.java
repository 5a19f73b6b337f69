package zipkin.ee.testing.sql;

import java.util.HashMap;
import java.util.Map;

/** The settings that lead a server to a database. */
public final class DatabaseSettings {
    private DatabaseSettings() {}

    /** Of its owner. */
    public static Map<String, String> postgresql(ServerDatabase database) {
        return postgresql(database, database.owner());
    }

    public static Map<String, String> postgresql(ServerDatabase database, DatabaseAccess account) {
        return of("postgresql", "POSTGRES_PORT", "POSTGRES", database, account);
    }

    /** Of its owner. */
    public static Map<String, String> mysql(ServerDatabase database) {
        return mysql(database, database.owner());
    }

    public static Map<String, String> mysql(ServerDatabase database, DatabaseAccess account) {
        return of("mysql", "MYSQL_TCP_PORT", "MYSQL", database, account);
    }

    private static Map<String, String> of(
            String storageType, String port, String prefix, ServerDatabase database, DatabaseAccess account) {
        return new HashMap<>(Map.of(
                "STORAGE_TYPE",
                storageType,
                prefix + "_HOST",
                database.host(),
                port,
                Integer.toString(database.port()),
                prefix + "_DB",
                database.name(),
                prefix + "_USER",
                account.user(),
                prefix + "_PASS",
                account.password()));
    }
}
