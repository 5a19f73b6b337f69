package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zipkin.ee.testing.ServerProcess;

/** The published scripts, as tests run them. */
public final class Scripts {
    private Scripts() {}

    /** The text of a script in server-config/wildfly, with ActiveMQ's adapter where the build has it. */
    public static String text(String name) {
        try {
            String text = Files.readString(Path.of("server-config", "wildfly", name));
            return text.contains("deploy activemq-rar.rar")
                    ? text.replace(
                            "deploy activemq-rar.rar",
                            "deploy "
                                    + ServerProcess.fromBuild("zipkin.activemq.rar")
                                            .toAbsolutePath())
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
