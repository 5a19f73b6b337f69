import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * A node of Elasticsearch 9, run from its source with the server's jars: HTTP port, transport port,
 * home folder, settings name=value. Its transport is a module, for which a folder is made, and so
 * is one filter of analysis. The module that answers GET / is not on Maven Central.
 */
final class Elasticsearch9 {
    public static void main(String[] arguments) throws Exception {
        LogConfigurator.configureESLogging();
        Path home = Path.of(arguments[2]);
        Path modules = home.resolve("modules");
        makeTransport(modules.resolve("transport-netty4"));
        makeAnalysis(modules.resolve("analysis-pattern"));
        Settings.Builder settings = Settings.builder()
                .put("cluster.name", "zipkin-test")
                .put("node.name", "node-1")
                .put("path.home", home)
                .put("network.host", "127.0.0.1")
                .put("http.port", arguments[0])
                .put("transport.port", arguments[1])
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false);
        for (int i = 3; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings.build(), Map.of(), home.resolve("config"), () -> "node-1");
        new Node(
                        environment,
                        PluginsLoader.createPluginsLoader(
                                PluginsLoader.loadModulesBundles(modules), Set.of(), Map.of(), false))
                .start();
        Thread.currentThread().join();
    }

    private static void makeTransport(Path module) throws Exception {
        if (Files.exists(module)) {
            return;
        }
        Files.createDirectories(module);
        describe(module, "transport-netty4", "org.elasticsearch.transport.netty4.Netty4Plugin");
        for (String jar : System.getProperty("zipkin.server.transport").split(File.pathSeparator)) {
            Files.copy(Path.of(jar), module.resolve(Path.of(jar).getFileName()));
        }
    }

    /** Compiles the plugin beside this file into a module of its own. */
    private static void makeAnalysis(Path module) throws Exception {
        if (Files.exists(module)) {
            return;
        }
        Files.createDirectories(module);
        describe(module, "analysis-pattern", "PatternCapturePlugin");
        Path classes = Files.createDirectories(module.getParent().resolveSibling("classes"));
        Path source = Path.of(System.getProperty("zipkin.server.source")).resolveSibling("PatternCapturePlugin.java");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        if (result != 0) {
            throw new IllegalStateException("cannot compile " + source);
        }
        try (Stream<Path> files = Files.list(classes);
                JarOutputStream jar = new JarOutputStream(
                        Files.newOutputStream(module.resolve("analysis-pattern.jar")))) {
            for (Path file : files.toList()) {
                jar.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private static void describe(Path module, String name, String plugin) throws Exception {
        Files.writeString(
                module.resolve("plugin-descriptor.properties"),
                """
                description=for tests
                version=9.2.0
                name=%s
                classname=%s
                java.version=21
                elasticsearch.version=9.2.0
                extended.plugins=
                has.native.controller=false
                """
                        .formatted(name, plugin));
    }
}
