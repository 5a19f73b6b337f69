package zipkin.ee.testing.cassandra;

import java.nio.file.Path;
import zipkin.ee.testing.TestServers;

/** What can be run, by its jars. */
public enum CassandraVersion {
    V4_1("cassandra-4.1", "jamm-0.3.2.jar"),
    V5_0("cassandra-5.0", "jamm-0.4.0.jar");

    private final String folder;
    private final String agent;

    CassandraVersion(String folder, String agent) {
        this.folder = folder;
        this.agent = agent;
    }

    /** Its name among {@link TestServers}. */
    String program() {
        return folder;
    }

    /** What measures memory for Cassandra. */
    Path agent() {
        return TestServers.jars(folder).stream()
                .filter(jar -> jar.getFileName().toString().equals(agent))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(agent + " is not among the jars of " + folder));
    }
}
