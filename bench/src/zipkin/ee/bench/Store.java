package zipkin.ee.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database that one server has to itself, and how its stored spans are counted there. The
 * benchmark knows two schemas: the reference's, which it makes, and Zipkin EE's, which that server
 * makes.
 */
final class Store implements AutoCloseable {
    private static final String REFERENCE_SCHEMA = "/mysql.sql";

    private final Database database;
    private final String name;
    private final boolean ee;
    private final Map<String, String> settings;
    private final @Nullable Sql sql;
    private long allSpans;

    private Store(Database database, String name, boolean ee, Map<String, String> settings, @Nullable Sql sql) {
        this.database = database;
        this.name = name;
        this.ee = ee;
        this.settings = settings;
        this.sql = sql;
    }

    static Store create(Database database, String name, boolean ee) throws IOException {
        Map<String, String> settings = database.create(name);
        @Nullable Sql sql = null;
        if (database.isSeparate()) {
            try {
                sql = database.connect(name);
            } catch (SQLException e) {
                throw new IOException(name, e);
            }
            if (!ee && sql != null) {
                sql.run(referenceSchema());
            }
        }
        return new Store(database, name, ee, settings, sql);
    }

    private static String referenceSchema() throws IOException {
        try (InputStream script = Store.class.getResourceAsStream(REFERENCE_SCHEMA)) {
            if (script == null) {
                throw new IllegalStateException(
                        REFERENCE_SCHEMA + " of zipkin-storage-mysql-v1 is not in the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Environment variables that make a server store here. */
    Map<String, String> settings() {
        return settings;
    }

    Database database() {
        return database;
    }

    /**
     * True when dependency links are counted after spans are stored, false when a query links them.
     */
    boolean linksAfterStoring() {
        return ee;
    }

    /**
     * Spans in the tables that were sent since {@code millis}; where nobody but the server may
     * look, those it counted since {@code countedBefore}. Asks an index for the new rows only, so
     * that asking costs next to nothing. The reference has one row for the two sides of a call: six
     * for the ten spans of a trace.
     */
    long storedSince(long millis, Server server, long countedBefore) {
        long found = database.spansSince(name, millis);
        if (found >= 0) {
            return found;
        }
        if (sql == null) {
            return server.storedSpans() - countedBefore;
        }
        if (ee) {
            return sql.number("SELECT COALESCE(SUM(spans), 0) FROM zipkin_batch WHERE stored_millis >= ?", millis);
        }
        long rows = sql.number("SELECT COUNT(*) FROM zipkin_spans WHERE start_ts >= ?", millis * 1000);
        return rows * TraceShape.SPANS / TraceShape.IDS;
    }

    boolean countsCheaply() {
        return database.countsCheaply();
    }

    /** Spans stored since the last call. */
    long countNew() {
        long before = allSpans;
        allSpans = database.allSpans(name);
        return allSpans - before;
    }

    /** All spans that are stored, as far as was counted. */
    long counted(Server server) {
        return countsCheaply() ? storedSince(0, server, 0) : allSpans;
    }

    void writeBack() {
        database.writeBack(name);
    }

    long diskBytes() {
        return database.diskBytes(name);
    }

    @Override
    public void close() {
        if (sql != null) {
            sql.close();
        }
    }
}
