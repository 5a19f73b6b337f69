package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An unmodified WildFly with standalone-microprofile.xml and an application, whose subsystem
 * {@code opentelemetry} sends to a server of the test's. Nothing of Zipkin runs there.
 */
public final class MicroProfileServer extends ServerProcess {
    private static final String CONFIGURATION = "standalone-microprofile.xml";
    private static final String SUBSYSTEM = "<subsystem xmlns=\"urn:wildfly:opentelemetry:1.1\"";

    private MicroProfileServer(List<String> command, Map<String, String> environment, Path base, int port) {
        super("WildFly with MicroProfile", command, environment, base.resolve("console.log"), port);
        ServerStarts.add("WildFly with MicroProfile");
    }

    /**
     * Starts it and waits until the application answers.
     *
     * @param endpoint what the subsystem has as its attribute {@code endpoint}, instead of its
     *     default http://localhost:4317
     * @param path of the application that answers 200
     */
    public static MicroProfileServer start(Path war, URI endpoint, String path) {
        try {
            Path home = WildFlyServer.untouchedHome();
            Path base = ProjectFiles.newFolder("microprofile");
            FolderTree.copy(home.resolve("standalone"), base);
            sendTo(endpoint, base.resolve("configuration").resolve(CONFIGURATION));
            Files.copy(
                    war, base.resolve("deployments").resolve(war.getFileName().toString()));
            int port = freePort();
            MicroProfileServer server = new MicroProfileServer(
                    List.of(
                            home.resolve("bin").resolve("standalone.sh").toString(),
                            "--server-config=" + CONFIGURATION,
                            "-Djboss.server.base.dir=" + base,
                            "-Djboss.http.port=" + port,
                            "-Djboss.https.port=" + freePort(),
                            "-Djboss.management.http.port=" + freePort()),
                    Map.of(
                            WildFlyServer.JAVA_OPTS,
                            "-Xmx384m -XX:+UseSerialGC " + QUICK_START + " -Djava.net.preferIPv4Stack=true",
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "JBOSS_HOME",
                            home.toAbsolutePath().toString()),
                    base,
                    port);
            server.awaitHealthy(path);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends spans ten times a second too, so that a test need not wait five seconds. */
    private static void sendTo(URI endpoint, Path configuration) throws IOException {
        String text = Files.readString(configuration);
        String empty = SUBSYSTEM + "/>";
        if (!text.contains(empty)) {
            throw new IllegalStateException(configuration + " does not contain " + empty);
        }
        String changed = SUBSYSTEM + "><exporter endpoint=\"" + endpoint
                + "\"/><span-processor batch-delay=\"100\"/></subsystem>";
        Files.writeString(configuration, text.replace(empty, changed));
    }
}
