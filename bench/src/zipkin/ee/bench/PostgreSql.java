package zipkin.ee.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/** PostgreSQL of {@code src/test/servers/postgresql-18}; settings are its defaults. */
final class PostgreSql implements Database {
    private static final String USER = "zipkin";

    private final Program process;
    private final Sql admin;
    private final int port;

    private PostgreSql(Program process, Sql admin, int port) {
        this.process = process;
        this.admin = admin;
        this.port = port;
    }

    static PostgreSql start(Options options) throws IOException {
        Path binaries = TestServers.home("postgresql-18").resolve("bin");
        Path directory = Program.newDirectory(options, "database-");
        Path data = directory.resolve("data");
        int port = FreePort.find();
        Program.run(
                directory,
                command(
                        binaries.resolve("initdb"),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale"));
        Program process = Program.start(
                directory,
                command(
                        binaries.resolve("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="));
        return new PostgreSql(process, process.await(() -> Sql.connect(url(port, "postgres"))), port);
    }

    /** PostgreSQL refuses to run as root, so root runs it where it is nobody. */
    private static List<String> command(Path binary, String... arguments) {
        List<String> command = new ArrayList<>(Program.asRoot() ? List.of("unshare", "-U") : List.of());
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static String url(int port, String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + USER;
    }

    @Override
    public String description() {
        return "PostgreSQL " + admin.list("SHOW server_version");
    }

    @Override
    public Map<String, String> create(String name) {
        admin.run("CREATE DATABASE " + name);
        return Map.of(
                "STORAGE_TYPE",
                "postgresql",
                "POSTGRES_HOST",
                "127.0.0.1",
                "POSTGRES_PORT",
                Integer.toString(port),
                "POSTGRES_DB",
                name,
                "POSTGRES_USER",
                USER,
                "POSTGRES_PASS",
                "trusted",
                "POSTGRES_USE_SSL",
                "false");
    }

    @Override
    public Sql connect(String name) throws SQLException {
        return Sql.connect(url(port, name));
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void writeBack(String name) {
        admin.run("CHECKPOINT");
    }

    @Override
    public long diskBytes(String name) {
        return admin.number("SELECT pg_database_size('" + name + "')");
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }
}
