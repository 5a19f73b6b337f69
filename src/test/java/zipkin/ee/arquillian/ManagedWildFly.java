package zipkin.ee.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.WildFlyServer;

/**
 * A container of arquillian.xml by its qualifier: names the system properties that its
 * configuration refers to, free ports of 127.0.0.1 and a folder below target; and the homes of the
 * servers. They must be set before Arquillian reads arquillian.xml, once in a run.
 */
record ManagedWildFly(String qualifier) {
    private static final List<String> QUALIFIERS = List.of("standalone", "standalone-full", "configured");

    /** Sets the properties of every container that are not set yet. */
    static void setProperties() {
        System.setProperty(
                "zipkin.arquillian.untouched", WildFlyServer.untouchedHome().toString());
        System.setProperty("zipkin.arquillian.configured", WildFlyServer.home().toString());
        withoutZipkin(WildFlyServer.home().resolve("standalone").resolve("configuration"));
        for (String qualifier : QUALIFIERS) {
            ManagedWildFly server = new ManagedWildFly(qualifier);
            if (System.getProperty(server.property("base")) == null) {
                Path base = ProjectFiles.of("target", "arquillian", qualifier);
                System.setProperty(server.property("base"), base.toString());
                for (String port : List.of("http", "https", "management")) {
                    System.setProperty(server.property(port), Integer.toString(ServerProcess.freePort()));
                }
            }
        }
    }

    /** A configuration of the configured server without the WAR, which Arquillian deploys. */
    private static void withoutZipkin(Path folder) {
        try {
            String configuration = Files.readString(folder.resolve("standalone.xml"));
            Files.writeString(
                    folder.resolve("standalone-without-zipkin.xml"),
                    configuration.replaceFirst(
                            "(?s)<deployment name=\"zipkin.war\" runtime-name=.*?</deployment>", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it serves, without a trailing slash. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + System.getProperty(property("http")));
    }

    /**
     * Lines of the server's log that report an error since it was started. Starting, it misses a
     * deployments folder in the copy that Arquillian makes for it.
     */
    List<String> loggedErrors() {
        Path log = Path.of(System.getProperty(property("base")), "log", "server.log");
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.dropWhile(line -> !line.contains("WFLYSRV0025"))
                    .filter(line -> line.matches("\\S+ \\S+ (ERROR|FATAL) .*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the server's log about message-driven beans that were started. */
    List<String> startedBeans() {
        return lines("WFLYEJB0042");
    }

    private List<String> lines(String code) {
        Path log = Path.of(System.getProperty(property("base")), "log", "server.log");
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(code)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String property(String name) {
        return "zipkin.arquillian." + qualifier + "." + name;
    }
}
