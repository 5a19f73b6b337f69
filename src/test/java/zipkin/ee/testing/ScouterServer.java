package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Scouter collector, on one port by UDP and TCP. */
public final class ScouterServer extends RestartableServer {
    private ScouterServer() {
        super("scouter", ServerProcess.freePort());
        try {
            Files.createDirectories(data());
            Files.write(
                    folder().resolve("scouter.conf"),
                    List.of(
                            "net_udp_listen_port=" + port(),
                            "net_tcp_listen_port=" + port(),
                            "net_udp_listen_ip=127.0.0.1",
                            "net_tcp_listen_ip=127.0.0.1",
                            "db_dir=" + data(),
                            "log_dir=" + folder().resolve("logs")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until it accepts connections. */
    public static ScouterServer start() {
        ScouterServer server = new ScouterServer();
        server.launch();
        return server;
    }

    /**
     * What its client shows of a trace of today: a line for each XLog and for each step of its
     * profile.
     */
    public String read(String traceId) {
        String id = traceId.substring(Math.max(0, traceId.length() - 16));
        return Programs.run(
                folder(),
                Duration.ofSeconds(60),
                java(TestServers.source("scouter", "ScouterRead.java").toString(), Integer.toString(port()), id));
    }

    @Override
    protected List<String> command() {
        return java("scouter.server.Main");
    }

    private List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-Duser.timezone=UTC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dscouter.config=" + folder().resolve("scouter.conf"),
                "-cp",
                TestServers.classPath("scouter"),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    protected void connect() throws Exception {
        try (Socket socket = new Socket(host(), port())) {
            if (!socket.isConnected()) {
                throw new IOException("not connected");
            }
        }
    }
}
