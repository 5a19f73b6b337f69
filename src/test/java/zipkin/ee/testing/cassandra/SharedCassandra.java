package zipkin.ee.testing.cassandra;

import java.util.HashMap;
import java.util.Map;

/** Nodes that all tests of one JVM share; each is started when the first test asks for it and ends with the JVM. Thread safe. */
public final class SharedCassandra {
    private static final Map<String, CassandraNode> NODES = new HashMap<>();

    private SharedCassandra() {}

    /**
     * @param sasi whether the indexes that the reference needs can be made
     */
    public static synchronized CassandraNode of(CassandraVersion version, boolean sasi) {
        return NODES.computeIfAbsent(
                version + " " + sasi,
                key -> CassandraNode.start(
                        version,
                        "commitlog_sync: periodic\ncommitlog_sync_period: 10s\nsasi_indexes_enabled: " + sasi + "\n"));
    }
}
