package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zipkin.ee.testing.ServerProcess;

/** The published scripts, as tests run them. */
public final class Scripts {
    private Scripts() {}

    /** The text of a script in server-config/wildfly, with the adapters where the build has them. */
    public static String text(String name) {
        try {
            return Files.readString(Path.of("server-config", "wildfly", name))
                    .replace(
                            "\ndeploy activemq-rar.rar",
                            "\ndeploy " + absolute("zipkin.activemq.rar", "activemq-rar.rar"))
                    .replace("\ndeploy zipkin-pulsar.rar", "\ndeploy " + absolute("zipkin.war", "zipkin-pulsar.rar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path absolute(String besides, String name) {
        return ServerProcess.fromBuild(besides).resolveSibling(name).toAbsolutePath();
    }
}
