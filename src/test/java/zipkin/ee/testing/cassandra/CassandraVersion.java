package zipkin.ee.testing.cassandra;

import java.nio.file.Path;
import zipkin.ee.testing.ServerProcess;

/** What can be run, from the jars that the build has copied to {@code target/servers}. */
public enum CassandraVersion {
    V4_1("cassandra-4.1", "jamm-0.3.2.jar"),
    V5_0("cassandra-5.0", "jamm-0.4.0.jar");

    private final String folder;
    private final String agent;

    CassandraVersion(String folder, String agent) {
        this.folder = folder;
        this.agent = agent;
    }

    Path jars() {
        return ServerProcess.fromBuild("zipkin.servers").resolve(folder);
    }

    /** What measures memory for Cassandra. */
    Path agent() {
        return jars().resolve(agent);
    }
}
