package zipkin.ee.testing.cassandra;

import java.util.HashMap;
import java.util.Map;

/**
 * Nodes that all tests of one JVM share; each is started when the first test asks for it and ends
 * with the JVM. Thread safe.
 */
public final class SharedCassandra {
    /** The account of {@link #ofReference}. */
    public static final String USER = "cassandra";

    public static final String PASSWORD = "cassandra";

    private static final String COMMITS = "commitlog_sync: periodic\ncommitlog_sync_period: 10s\n";
    private static final String SASI = "sasi_indexes_enabled: true\n";
    private static final Map<String, CassandraNode> NODES = new HashMap<>();

    private SharedCassandra() {}

    /**
     * @param sasi whether the indexes that the reference needs can be made
     */
    public static CassandraNode of(CassandraVersion version, boolean sasi) {
        return of(version, sasi ? SASI : "sasi_indexes_enabled: false\n");
    }

    /**
     * A node that the reference can use, with the password of {@link #USER}. Nobody makes the
     * keyspace zipkin2 there.
     */
    public static CassandraNode ofReference() {
        return of(CassandraVersion.V4_1, SASI + "authenticator: PasswordAuthenticator\n");
    }

    private static synchronized CassandraNode of(CassandraVersion version, String settings) {
        return NODES.computeIfAbsent(version + settings, key -> CassandraNode.start(version, COMMITS + settings));
    }
}
