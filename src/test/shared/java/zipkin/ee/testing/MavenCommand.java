package zipkin.ee.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Maven as the build was started, when it is Maven that runs the test; otherwise the one on PATH.
 */
public final class MavenCommand {
    private MavenCommand() {}

    /** A quiet call of Maven with these arguments, on the build's settings and local repository. */
    public static List<String> of(String... arguments) {
        List<String> command = new ArrayList<>(List.of(maven(), "-B", "-q"));
        command.addAll(List.of(arguments));
        setting("offline").filter(Boolean::parseBoolean).ifPresent(yes -> command.add("-o"));
        setting("settings")
                .filter(file -> Files.exists(Path.of(file)))
                .ifPresent(file -> command.addAll(List.of("-s", file)));
        setting("repository").ifPresent(path -> command.add("-Dmaven.repo.local=" + path));
        return command;
    }

    private static String maven() {
        return setting("home")
                .map(home -> Path.of(home, "bin", "mvn").toString())
                .orElseGet(() -> Programs.onPath("mvn", "apt-get install maven").toString());
    }

    /**
     * How the build was started: lines {@code name=value} of the system property
     * {@code zipkin.maven}.
     */
    private static Optional<String> setting(String setting) {
        Properties settings = new Properties();
        try {
            settings.load(new StringReader(System.getProperty("zipkin.maven", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(settings.getProperty(setting)).map(String::trim);
    }
}
