package zipkin.ee.testing;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Zipkin EE on Payara Micro, started as docs/operating/payara.md has it. */
public final class PayaraMicroServer extends ZipkinEeServer {
    private static final Path CONFIG = ProjectFiles.of("server-config", "payara");

    private final Path folder;
    private final Map<String, String> settings;

    private PayaraMicroServer(Path folder, Map<String, String> settings, int port) {
        super(
                "Zipkin EE on Payara Micro",
                command(folder, port),
                PayaraServer.environment(settings, port),
                folder.resolve("console.log"),
                port);
        this.folder = folder;
        this.settings = settings;
    }

    static PayaraMicroServer launchMicro(Map<String, String> settings) {
        Path folder = ProjectFiles.newFolder("micro");
        Programs.run(
                folder,
                Duration.ofMinutes(1),
                List.of(
                        CONFIG.resolve("messaging-war.sh").toString(),
                        ZipkinEeServer.war().toString(),
                        folder.resolve("zipkin").toString()));
        return new PayaraMicroServer(folder, settings, freePort());
    }

    private static List<String> command(Path folder, int port) {
        Path war = ZipkinEeServer.war();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                QUICK_START,
                "-jar",
                TestServers.file("payara-micro").toString(),
                "--systemproperties",
                CONFIG.resolve("micro.properties").toString(),
                "--prebootcommandfile",
                CONFIG.resolve("micro-preboot.asadmin").toString(),
                "--postbootcommandfile",
                CONFIG.resolve("micro.asadmin").toString(),
                "--addlibs",
                PayaraHome.driver("postgresql") + File.pathSeparator + PayaraHome.driver("mariadb"),
                "--rootdir",
                folder.resolve("root").toString(),
                "--deploy",
                war.resolveSibling("zipkin-kafka.rar").toString(),
                "--deploy",
                war.resolveSibling("zipkin-rabbitmq.rar").toString(),
                "--deploy",
                folder.resolve("zipkin").toString(),
                "--contextroot",
                "/",
                "--nocluster",
                "--port",
                Integer.toString(port));
    }

    @Override
    public PayaraMicroServer killAndRestart(Map<String, String> changed) {
        close();
        return new PayaraMicroServer(folder, with(settings, changed), uri().getPort());
    }

    @Override
    boolean isDeployed(String log) {
        return PayaraServer.hasDeployed(log);
    }

    @Override
    boolean isFailed(String log) {
        return PayaraServer.hasFailed(log);
    }

    @Override
    public List<String> errors() {
        return PayaraServer.errors(log());
    }
}
