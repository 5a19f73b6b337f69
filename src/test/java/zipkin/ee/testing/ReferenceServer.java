package zipkin.ee.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference: {@code io.zipkin:zipkin-server:3.6.1}, classifier {@code exec}, fetched when it is
 * first started.
 */
public final class ReferenceServer extends ServerProcess {
    private ReferenceServer(List<String> command, Map<String, String> environment, Path log, int port) {
        super("the reference Zipkin server", command, environment, log, port);
    }

    /** Starts it with {@code settings} as its environment and waits until it is healthy. */
    public static ReferenceServer start(Map<String, String> settings) {
        int port = freePort();
        Path jar = TestServers.file("reference");
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUERY_PORT", Integer.toString(port));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ReferenceServer server = new ReferenceServer(
                List.of(java, "-Xmx512m", "-XX:+UseSerialGC", "-jar", jar.toString()),
                environment,
                ProjectFiles.newFolder("reference").resolve("console.log"),
                port);
        server.awaitHealthy("/health");
        return server;
    }
}
