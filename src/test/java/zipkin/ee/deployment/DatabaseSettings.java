package zipkin.ee.deployment;

import java.util.HashMap;
import java.util.Map;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.ServerDatabase;

/** The settings that lead a server to a database. */
final class DatabaseSettings {
    private DatabaseSettings() {}

    static Map<String, String> postgresql(ServerDatabase database, DatabaseAccess account) {
        return of("postgresql", "POSTGRES_PORT", "POSTGRES", database, account);
    }

    static Map<String, String> mysql(ServerDatabase database, DatabaseAccess account) {
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
