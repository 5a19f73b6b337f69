package zipkin.ee.testing.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.TestServers;

/** One node of Cassandra, a cluster of its own. */
public final class CassandraNode extends RestartableServer {
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.nio",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "java.base/java.util.concurrent.atomic",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.transport",
            "java.rmi/sun.rmi.server",
            "java.rmi/sun.rmi.transport.tcp",
            "java.sql/java.sql",
            "java.logging/java.util.logging",
            "jdk.management/com.sun.management.internal",
            "java.management/sun.management");

    private final CassandraVersion version;
    private final boolean durable;

    private CassandraNode(CassandraVersion version, boolean durable, String more) {
        super(version.program(), ServerProcess.freePort());
        this.version = version;
        this.durable = durable;
        try {
            Files.createDirectories(data());
            Files.writeString(folder().resolve("cassandra.yaml"), yaml() + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a node and waits until it takes connections.
     *
     * @param more lines for cassandra.yaml, among them how the commit log is synchronised
     */
    public static CassandraNode start(CassandraVersion version, String more) {
        return started(new CassandraNode(version, false, more));
    }

    /** The same, and what is acknowledged outlives the node. */
    public static CassandraNode startDurable(CassandraVersion version, String more) {
        return started(new CassandraNode(version, true, "commitlog_sync: batch\n" + more));
    }

    private static CassandraNode started(CassandraNode node) {
        node.launch();
        return node;
    }

    /** What CASSANDRA_CONTACT_POINTS is to be. */
    public String address() {
        return host() + ":" + port();
    }

    private String yaml() {
        int storagePort = ServerProcess.freePort();
        return """
                cluster_name: zipkin-test
                num_tokens: 1
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "127.0.0.1:%1$d"
                listen_address: 127.0.0.1
                rpc_address: 127.0.0.1
                native_transport_port: %2$d
                storage_port: %1$d
                endpoint_snitch: SimpleSnitch
                auto_snapshot: false
                data_file_directories: [%3$s/data]
                commitlog_directory: %3$s/commitlog
                saved_caches_directory: %3$s/saved
                hints_directory: %3$s/hints
                cdc_raw_directory: %3$s/cdc
                memtable_heap_space: 32MiB
                memtable_offheap_space: 32MiB
                """.formatted(storagePort, port(), data().toAbsolutePath());
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-javaagent:" + version.agent(),
                "-Djava.security.manager=allow",
                "-Dcassandra.config="
                        + folder().resolve("cassandra.yaml").toAbsolutePath().toUri(),
                "-Dcassandra.storagedir=" + data().toAbsolutePath(),
                "-Dcassandra.ring_delay_ms=100",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.superuser_setup_delay_ms=0",
                // schema changes and truncations wait for no disk
                "-Dcassandra.unsafesystem=" + !durable,
                "-Dcassandra-foreground=yes"));
        for (String opened : OPENED) {
            command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED", "--add-exports", opened + "=ALL-UNNAMED"));
        }
        command.addAll(List.of(
                "-cp", TestServers.classPath(version.program()), "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    @Override
    protected void connect() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().flush();
        }
    }
}
