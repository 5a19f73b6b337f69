package zipkin.ee.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server folder that the zip holds: the configured server of {@code target/server} without what
 * the build or a run of it has left there, and without the modules that it cannot load; with
 * server-config and the RARs.
 */
final class ServerImage {
    private static final Pattern WORD = Pattern.compile("[\\w.-]+");
    private static final Pattern CONTENT = Pattern.compile("(?:sha1|content)=\"([0-9a-f]{2})([0-9a-f]{38})\"");

    /** Start scripts of other programs than a standalone server and its tools. */
    private static final Pattern SCRIPTS =
            Pattern.compile("(standalone|jboss-cli|add-user|elytron-tool|common|product|zipkin|boot|\\.jbossclirc).*");

    private static final Pattern CONFIGURATION =
            Pattern.compile("standalone\\.xml|logging\\.properties|(application|mgmt)-\\w+\\.properties");

    /** Loads zipkin.conf, as fast-boot.sh adds it. */
    private static final String INCLUDE = ". \"$DIRNAME/zipkin.conf\"";

    private final Path repository;
    private final Path server;
    private final Path image;

    ServerImage(Path repository, Path image) {
        this.repository = repository;
        this.server = repository.resolve("target/server");
        this.image = image;
    }

    void write(List<Path> rars) throws IOException {
        Folders.delete(image);
        Folders.copy(server.resolve("bin"), image.resolve("bin"), ServerImage::isWantedScript);
        includeZipkinConf();
        Folders.copy(server.resolve("welcome-content"), image.resolve("welcome-content"), file -> true);
        copyStandalone();
        Folders.copy(server.resolve("docs/licenses"), image.resolve("docs/licenses"), file -> true);
        Files.copy(server.resolve("copyright.txt"), image.resolve("docs/licenses/wildfly-copyright.txt"));
        Files.copy(server.resolve("jboss-modules.jar"), image.resolve("jboss-modules.jar"));
        Folders.copy(repository.resolve("server-config"), image.resolve("server-config"), file -> true);
        for (Path rar : rars) {
            Files.copy(rar, image.resolve("server-config/wildfly").resolve(rar.getFileName()));
        }
        copyModules();
    }

    private static boolean isWantedScript(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling("").endsWith("bin") && SCRIPTS.matcher(name).matches() && !name.contains(".jsa");
    }

    /** What fast-boot.sh does, but for the archive of classes, which fits one machine only. */
    private void includeZipkinConf() throws IOException {
        for (String file : List.of("zipkin.conf", "boot.directives")) {
            Path target = image.resolve("bin").resolve(file);
            Files.deleteIfExists(target);
            Files.copy(repository.resolve("server-config/wildfly").resolve(file), target);
        }
        Path settings = image.resolve("bin/standalone.conf");
        String text = Files.readString(settings);
        if (!text.contains(INCLUDE)) {
            Files.writeString(settings, text + "\n" + INCLUDE + "\n");
        }
    }

    /** With the deployments that the configuration names; older ones may lie beside them. */
    private void copyStandalone() throws IOException {
        Path from = server.resolve("standalone");
        Path to = image.resolve("standalone");
        Folders.copy(from.resolve("configuration"), to.resolve("configuration"), file -> CONFIGURATION
                .matcher(from.resolve("configuration").relativize(file).toString())
                .matches());
        Folders.copy(from.resolve("deployments"), to.resolve("deployments"), file -> file.endsWith("README.txt"));
        Matcher content = CONTENT.matcher(Files.readString(from.resolve("configuration/standalone.xml")));
        while (content.find()) {
            String folder = "data/content/" + content.group(1) + "/" + content.group(2);
            Folders.copy(from.resolve(folder), to.resolve(folder), file -> true);
        }
    }

    private void copyModules() throws IOException {
        Path from = server.resolve("modules");
        Map<String, ServerModule> modules = ServerModule.readAll(from);
        List<String> leftOut = Folders.lines(repository.resolve("build/distribution/left-out-modules.txt"));
        Set<String> unknown = new HashSet<>(leftOut);
        unknown.removeIf(left -> modules.keySet().stream().anyMatch(name -> (name + ".").startsWith(left + ".")));
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("No modules of the server, remove from left-out-modules.txt: " + unknown);
        }
        for (ServerModule module : new ModuleGraph(modules, leftOut).reachable(words())) {
            Path folder = module.folder();
            Folders.copy(folder, image.resolve("modules").resolve(from.relativize(folder)), file -> true);
        }
    }

    /**
     * Every word of the configuration and of what starts or changes the server; some are names of
     * modules. Removal names what is not wanted, so its lines are left out.
     */
    private Set<String> words() throws IOException {
        Collection<Path> files = Folders.files(image.resolve("bin"));
        files.add(image.resolve("standalone/configuration/standalone.xml"));
        files.addAll(Folders.files(image.resolve("server-config/wildfly")));
        files.addAll(Folders.files(repository.resolve("src/main/webapp/WEB-INF")));
        return files.stream()
                .filter(file -> !file.toString().endsWith(".rar"))
                .flatMap(ServerImage::lines)
                .filter(line -> !line.contains(":remove") && !line.contains(":read-resource"))
                .flatMap(line -> WORD.matcher(line).results().map(word -> word.group()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(Path file) {
        return Folders.text(file).lines();
    }
}
