package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/** MariaDB of {@code src/test/servers/mariadb}; settings are its defaults. */
final class MariaDb implements Database {
    private static final String USER = "zipkin";
    private static final String PASSWORD = "zipkin";

    private final Program process;
    private final Sql root;
    private final Path data;
    private final int port;

    private MariaDb(Program process, Sql root, Path data, int port) {
        this.process = process;
        this.root = root;
        this.data = data;
        this.port = port;
    }

    static MariaDb start(Options options) throws IOException {
        Path base = TestServers.home("mariadb");
        Path directory = Program.newDirectory(options, "database-");
        Path data = directory.resolve("data");
        int port = FreePort.find();
        List<String> common = new ArrayList<>(List.of("--no-defaults", "--basedir=" + base, "--datadir=" + data));
        if (Program.asRoot()) {
            common.add("--user=root");
        }
        // The archive does not have the script as a program.
        List<String> install = new ArrayList<>(
                List.of("sh", base.resolve("scripts/mariadb-install-db").toString()));
        install.addAll(common);
        install.addAll(List.of("--skip-name-resolve", "--auth-root-authentication-method=normal"));
        Program.run(directory, install);

        // The socket's path is relative to the data directory: a whole one may exceed what Linux
        // allows.
        List<String> run = new ArrayList<>(common);
        run.add(0, base.resolve("bin/mariadbd").toString());
        run.addAll(List.of("--bind-address=127.0.0.1", "--port=" + port, "--socket=mysql.sock", "--skip-name-resolve"));
        run.add("--lc-messages-dir=" + base.resolve("share"));
        Program process = Program.start(directory, run);
        Sql root = process.await(() -> Sql.connect("jdbc:mariadb://127.0.0.1:" + port + "/?user=root"));
        root.run("CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
        return new MariaDb(process, root, data, port);
    }

    @Override
    public String description() {
        return "MariaDB " + root.list("SELECT version()");
    }

    @Override
    public Map<String, String> create(String name) {
        root.run("CREATE DATABASE " + name);
        root.run("GRANT ALL ON " + name + ".* TO " + USER);
        return Map.of(
                "STORAGE_TYPE",
                "mysql",
                "MYSQL_HOST",
                "127.0.0.1",
                "MYSQL_TCP_PORT",
                Integer.toString(port),
                "MYSQL_DB",
                name,
                "MYSQL_USER",
                USER,
                "MYSQL_PASS",
                PASSWORD,
                "MYSQL_USE_SSL",
                "false");
    }

    @Override
    public Sql connect(String name) throws SQLException {
        return Sql.connect("jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?user=root&allowMultiQueries=true");
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    /**
     * FOR EXPORT writes a table's pages at once; the page cleaner would take minutes at its default
     * rate.
     */
    @Override
    public void writeBack(String name) {
        String tables =
                root.list("SELECT concat('`', table_schema, '`.`', table_name, '`') FROM information_schema.tables"
                        + " WHERE table_schema = '" + name + "' AND engine = 'InnoDB'");
        if (!tables.isEmpty()) {
            root.run("FLUSH TABLES " + tables + " FOR EXPORT");
            root.run("UNLOCK TABLES");
        }
    }

    @Override
    public long diskBytes(String name) {
        try (Stream<Path> files = Files.list(data.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".ibd"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        root.close();
        process.close();
    }
}
