package zipkin.ee.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of database, made for this run, that has a database of its own for each server. */
interface Database extends AutoCloseable {
    /** Starts one, empty. {@code kind} is what {@code --store} takes. */
    static Database start(String kind, Options options) throws IOException {
        return switch (kind) {
            case "mariadb" -> MariaDb.start(options);
            case "postgresql" -> PostgreSql.start(options);
            case "opensearch" -> OpenSearch.start(options);
            case "cassandra" -> Cassandra.start(options);
            default -> H2File.in(options);
        };
    }

    /** Product and version. */
    String description();

    /** Makes the database {@code name} and returns the settings with which a server finds it. */
    Map<String, String> create(String name);

    /**
     * A connection of the benchmark's own, which the caller closes; null for a database that speaks
     * no SQL, or only to the server.
     */
    @Nullable
    Sql connect(String name) throws SQLException;

    /**
     * Spans stored since {@code millis}, asked where it costs next to nothing; negative when that
     * is asked by SQL or of the server.
     */
    default long spansSince(String name, long millis) {
        return -1;
    }

    /**
     * False when stored spans are only counted by {@link #allSpans}, at a price that no measurement
     * should pay.
     */
    default boolean countsCheaply() {
        return true;
    }

    /** All spans that are stored. */
    default long allSpans(String name) {
        throw new UnsupportedOperationException(description());
    }

    /**
     * False for a database inside of the server's process: no CPU of its own, and nobody else may
     * ask it.
     */
    default boolean isSeparate() {
        return true;
    }

    /** CPU seconds of the database's processes since their start; 0 when it has none. */
    double cpuSeconds();

    /** Writes what is changed only in memory, so that each server pays for its own pages. */
    void writeBack(String name);

    /** Bytes that the database's tables and indexes take on the disk, without logs. */
    long diskBytes(String name);

    @Override
    void close();
}
