package zipkin.ee.testing.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ServerProcess;

/**
 * PostgreSQL with little memory, in UTF-8 with the order of bytes, and passwords checked by SCRAM.
 */
public final class PostgresServer extends DatabaseServer {
    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final Map<PostgresVersion, PostgresServer> SHARED = new EnumMap<>(PostgresVersion.class);

    private final PostgresVersion version;
    private final boolean durable;
    private final String password = randomName();

    private PostgresServer(PostgresVersion version, boolean durable, boolean shared) {
        super(version.program(), ServerProcess.freePort(), shared);
        this.version = version;
        this.durable = durable;
    }

    /** The server of this version that all tests of the JVM share. It starts on first use. */
    public static PostgresServer shared(PostgresVersion version) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(version, v -> started(new PostgresServer(v, false, true)));
        }
    }

    /** A server for one test, which closes it. */
    public static PostgresServer start(PostgresVersion version) {
        return started(new PostgresServer(version, false, false));
    }

    /** A server for one test that waits for the disk at each commit. */
    public static PostgresServer startDurable(PostgresVersion version) {
        return started(new PostgresServer(version, true, false));
    }

    private static PostgresServer started(PostgresServer server) {
        server.initialize();
        server.launch();
        return server;
    }

    private void initialize() {
        try {
            Path passwordFile = Files.writeString(folder().resolve("password"), password);
            Programs.run(
                    folder(),
                    INIT_LIMIT,
                    program(
                            "initdb",
                            "--pgdata=" + data(),
                            "--username=postgres",
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * No fsync by default: what a killed process has written is the operating system's, so commits
     * survive all the same.
     */
    @Override
    protected List<String> command() {
        return program(
                "postgres",
                "-D",
                data().toString(),
                "--port=" + port(),
                "--listen_addresses=" + host(),
                "--unix_socket_directories=",
                "--dynamic_shared_memory_type=mmap",
                "--shared_buffers=32MB",
                "--max_connections=100",
                "--fsync=" + (durable ? "on" : "off"));
    }

    /**
     * PostgreSQL refuses to run as root; in a user namespace without a mapping, root is somebody
     * who still owns the files.
     */
    private List<String> program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.add(Programs.onPath("unshare", "apt-get install util-linux").toString());
            command.add("--user");
        }
        command.add(version.programs().resolve(name).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** An immediate shutdown, after which no shared memory of System V is left behind. */
    @Override
    protected void leave(Process running) {
        signal(running, "QUIT");
        Await.value("the end of PostgreSQL", running::isAlive, alive -> !alive);
    }

    @Override
    DatabaseAccess administrator() {
        return new DatabaseAccess(url("postgres"), "postgres", password);
    }

    @Override
    ServerDatabase createDatabase(String name) {
        DatabaseAccess owner = new DatabaseAccess(url(name), name + "_owner", randomName());
        DatabaseAccess guest = new DatabaseAccess(url(name), name + "_guest", randomName());
        administrator()
                .execute(
                        "CREATE ROLE " + owner.user() + " LOGIN PASSWORD '" + owner.password() + "'",
                        "CREATE ROLE " + guest.user() + " LOGIN PASSWORD '" + guest.password() + "'",
                        "CREATE DATABASE " + name + " OWNER " + owner.user());
        // Up to PostgreSQL 14 everybody may create tables in the schema public.
        new DatabaseAccess(url(name), "postgres", password)
                .execute(
                        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                        "GRANT CREATE ON SCHEMA public TO " + owner.user(),
                        "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner.user()
                                + " IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "
                                + guest.user());
        return new ServerDatabase(host(), port(), name, owner, guest);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }
}
