package zipkin.ee.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/**
 * A node of Cassandra, {@code src/test/servers/cassandra-4.1}, with SASI, which the reference
 * needs, and otherwise its default settings; each server has a keyspace of its own.
 */
final class Cassandra implements Database {
    private static final String PROGRAM = "cassandra-4.1";
    private static final String DATA = "data";
    private static final Duration COUNT_LIMIT = Duration.ofMinutes(10);
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.nio",
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.logging/java.util.logging",
            "java.management/sun.management",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.rmi/sun.rmi.transport",
            "java.rmi/sun.rmi.transport.tcp",
            "java.sql/java.sql",
            "jdk.management/com.sun.management.internal");

    private final Program process;
    private final Path directory;
    private final Path data;
    private final int port;
    private final int managementPort;
    private final CqlSession session;
    private final String version;

    private Cassandra(
            Program process, Path directory, int port, int managementPort, CqlSession session, String version) {
        this.process = process;
        this.directory = directory;
        this.data = directory.resolve(DATA);
        this.port = port;
        this.managementPort = managementPort;
        this.session = session;
        this.version = version;
    }

    static Cassandra start(Options options) throws IOException {
        Path directory = Program.newDirectory(options, "database-");
        int port = FreePort.find();
        int managementPort = FreePort.find();
        Path data = directory.resolve(DATA);
        Path yaml = Files.writeString(directory.resolve("cassandra.yaml"), yaml(port, data));
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-Xms1g",
                "-Xmx1g",
                "-javaagent:" + agent(),
                "-Djava.security.manager=allow",
                "-Dcassandra.config=" + yaml.toUri(),
                "-Dcassandra.storagedir=" + data,
                "-Dcassandra.jmx.local.port=" + managementPort,
                "-Dcassandra.ring_delay_ms=100",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra-foreground=yes"));
        command.addAll(opened());
        command.addAll(List.of("-cp", TestServers.classPath(PROGRAM), "org.apache.cassandra.service.CassandraDaemon"));
        Program process = Program.start(directory, command);
        CqlSession session = process.await(() -> connect(port));
        Row row = session.execute("SELECT release_version FROM system.local").one();
        String version = row == null ? "of unknown version" : String.valueOf(row.getString(0));
        return new Cassandra(process, directory, port, managementPort, session, version);
    }

    /** What measures memory for Cassandra. */
    private static Path agent() {
        return TestServers.jars(PROGRAM).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("jamm-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jamm is not among the jars of " + PROGRAM));
    }

    private static List<String> opened() {
        List<String> arguments = new ArrayList<>();
        for (String opened : OPENED) {
            arguments.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED", "--add-exports", opened + "=ALL-UNNAMED"));
        }
        return arguments;
    }

    private static String yaml(int port, Path data) throws IOException {
        int storagePort = FreePort.find();
        return """
                cluster_name: zipkin-bench
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
                commitlog_sync: periodic
                commitlog_sync_period: 10s
                sasi_indexes_enabled: true
                auto_snapshot: false
                data_file_directories: [%3$s/data]
                commitlog_directory: %3$s/commitlog
                saved_caches_directory: %3$s/saved
                hints_directory: %3$s/hints
                cdc_raw_directory: %3$s/cdc
                """.formatted(storagePort, port, data);
    }

    private static CqlSession connect(int port) {
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, COUNT_LIMIT)
                        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                        .build())
                .build();
    }

    @Override
    public String description() {
        return "Cassandra " + version;
    }

    @Override
    public Map<String, String> create(String name) {
        return Map.of(
                "STORAGE_TYPE",
                "cassandra3",
                "CASSANDRA_CONTACT_POINTS",
                "127.0.0.1:" + port,
                "CASSANDRA_LOCAL_DC",
                "datacenter1",
                "CASSANDRA_KEYSPACE",
                name);
    }

    @Override
    public @Nullable Sql connect(String name) {
        return null;
    }

    /** A table without an index by time: it is read as a whole. */
    @Override
    public boolean countsCheaply() {
        return false;
    }

    @Override
    public long allSpans(String name) {
        Row row = session.execute(SimpleStatement.newInstance("SELECT COUNT(*) FROM " + name + ".span"))
                .one();
        return row == null ? 0 : row.getLong(0);
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    /** And waits until it has merged files that it wants to merge. */
    @Override
    public void writeBack(String name) {
        try {
            List<String> command = new ArrayList<>(List.of("java"));
            command.addAll(opened());
            command.addAll(List.of("-cp", TestServers.classPath(PROGRAM), "org.apache.cassandra.tools.NodeTool"));
            command.addAll(List.of("-p", Integer.toString(managementPort), "flush", name));
            Program.run(directory, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Idle.await(process::cpuSeconds);
    }

    @Override
    public long diskBytes(String name) {
        Path tables = data.resolve(DATA).resolve(name);
        if (!Files.isDirectory(tables)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(tables)) {
            return files.filter(Files::isRegularFile).mapToLong(Cassandra::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 for one that was merged meanwhile. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        session.close();
        process.close();
    }
}
