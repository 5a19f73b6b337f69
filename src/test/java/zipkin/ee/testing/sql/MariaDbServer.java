package zipkin.ee.testing.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.TestServers;

/**
 * MariaDB with little memory. Databases have the server's default character set, which is latin1 in
 * this version: tables that hold any Unicode have to ask for utf8mb4.
 */
public final class MariaDbServer extends DatabaseServer {
    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);

    private static @Nullable MariaDbServer shared;

    private final boolean durable;

    private MariaDbServer(boolean durable, boolean shared) {
        super("mariadb", ServerProcess.freePort(), shared);
        this.durable = durable;
    }

    /** The server that all tests of the JVM share. It starts on first use. */
    public static synchronized MariaDbServer shared() {
        if (shared == null) {
            shared = started(new MariaDbServer(false, true));
        }
        return shared;
    }

    /** A server for one test, which closes it. */
    public static MariaDbServer start() {
        return started(new MariaDbServer(false, false));
    }

    /** A server for one test that waits for the disk at each commit. */
    public static MariaDbServer startDurable() {
        return started(new MariaDbServer(true, false));
    }

    /**
     * The same database and account by MySQL's Connector/J in place of MariaDB's driver. It takes
     * MariaDB for MySQL 8 and asks for a column of information_schema.KEYWORDS that MariaDB lacks;
     * with {@code useInformationSchema=false} it does not ask.
     */
    public static DatabaseAccess byMysqlDriver(DatabaseAccess access) {
        String url = access.jdbcUrl().replaceFirst("^jdbc:mariadb:", "jdbc:mysql:");
        return new DatabaseAccess(url + "?useInformationSchema=false", access.user(), access.password());
    }

    private static MariaDbServer started(MariaDbServer server) {
        server.initialize();
        server.launch();
        return server;
    }

    private static Path home() {
        return TestServers.home("mariadb");
    }

    /** Root gets no password: only this machine reaches the server. */
    private void initialize() {
        Programs.run(
                folder(),
                INIT_LIMIT,
                program(
                        List.of("sh", home() + "/scripts/mariadb-install-db"),
                        "--auth-root-authentication-method=normal",
                        "--skip-name-resolve",
                        "--skip-test-db",
                        "--innodb-log-file-size=16M"));
    }

    /**
     * By default commits are written but not synchronized: what a killed process has written is the
     * operating system's, so they survive all the same. Without TLS, because making its key takes
     * seconds.
     */
    @Override
    protected List<String> command() {
        return program(
                List.of(home() + "/bin/mariadbd"),
                "--port=" + port(),
                "--bind-address=" + host(),
                "--socket=s", // in the data folder, whose whole path may be too long for a socket
                "--skip-name-resolve",
                "--disable-ssl",
                "--max-connections=100",
                "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=16M",
                "--aria-pagecache-buffer-size=8M",
                "--key-buffer-size=1M",
                "--innodb-flush-log-at-trx-commit=" + (durable ? 1 : 2));
    }

    private List<String> program(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.add("--no-defaults");
        command.add("--basedir=" + home());
        command.add("--datadir=" + data());
        if (isRoot()) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    DatabaseAccess administrator() {
        return new DatabaseAccess(url("mysql"), "root", "");
    }

    @Override
    ServerDatabase createDatabase(String name) {
        DatabaseAccess owner = new DatabaseAccess(url(name), name + "_owner", randomName());
        DatabaseAccess guest = new DatabaseAccess(url(name), name + "_guest", randomName());
        administrator()
                .execute(
                        "CREATE DATABASE " + name,
                        "CREATE USER " + owner.user() + " IDENTIFIED BY '" + owner.password() + "'",
                        "GRANT ALL ON " + name + ".* TO " + owner.user(),
                        "CREATE USER " + guest.user() + " IDENTIFIED BY '" + guest.password() + "'",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + name + ".* TO " + guest.user());
        return new ServerDatabase(host(), port(), name, owner, guest);
    }

    private String url(String database) {
        return "jdbc:mariadb://" + host() + ":" + port() + "/" + database;
    }
}
