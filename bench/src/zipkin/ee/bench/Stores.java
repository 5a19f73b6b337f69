package zipkin.ee.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Both servers' stores: databases of one process where both use the same product. The reference's
 * is MariaDB where ours is SQL.
 */
final class Stores implements AutoCloseable {
    private final Map<String, Database> databases = new TreeMap<>();
    private final Store ours;
    private final Store reference;

    private Stores(Options options) throws IOException {
        ours = create("zipkin_ee", !options.self().equals("true"), options);
        reference = create("zipkin_ref", options.self().equals("ee"), options);
    }

    static Stores start(Options options) throws IOException {
        return new Stores(options);
    }

    private Store create(String name, boolean ee, Options options) throws IOException {
        String kind = ee || options.isDistributed() ? options.store() : "mariadb";
        Database database = databases.get(kind);
        if (database == null) {
            database = Database.start(kind, options);
            databases.put(kind, database);
        }
        return Store.create(database, name, ee);
    }

    Store ours() {
        return ours;
    }

    Store reference() {
        return reference;
    }

    /** What stores where, for the table's head. */
    String description() {
        String first = ours.database().description();
        String second = reference.database().description();
        return first.equals(second) ? first + ", one process" : first + " against " + second;
    }

    @Override
    public void close() {
        ours.close();
        reference.close();
        databases.values().forEach(Database::close);
    }
}
