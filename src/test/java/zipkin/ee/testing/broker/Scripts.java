package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.TestServers;

/** The published scripts, as tests run them. */
public final class Scripts {
    private Scripts() {}

    /** The text of a script in server-config/wildfly, with the adapters where they are. */
    public static String text(String name) {
        try {
            return Files.readString(ProjectFiles.of("server-config", "wildfly", name))
                    .replace("\ndeploy activemq-rar.rar", "\ndeploy " + activeMqAdapter())
                    .replace("\ndeploy zipkin-pulsar.rar", "\ndeploy " + ProjectFiles.packaged("zipkin-pulsar.rar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy without a version in its name, since a deployment is called like its file. */
    private static Path activeMqAdapter() throws IOException {
        return Files.copy(
                TestServers.file("activemq-rar"),
                ProjectFiles.newFolder("activemq-rar").resolve("activemq-rar.rar"));
    }
}
