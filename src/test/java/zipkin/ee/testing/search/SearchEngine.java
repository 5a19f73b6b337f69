package zipkin.ee.testing.search;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zipkin.ee.testing.NewerJava;
import zipkin.ee.testing.ServerProcess;

/** What can be run, from the jars that the build has copied to {@code target/servers} and a main class beside their list. */
public enum SearchEngine {
    OPENSEARCH_2("opensearch-2", "OpenSearch2", false),
    OPENSEARCH_3("opensearch-3", "OpenSearch3", true),
    ELASTICSEARCH_7("elasticsearch-7", "Elasticsearch7", false),
    ELASTICSEARCH_8("elasticsearch-8", "Elasticsearch8", false),
    ELASTICSEARCH_9("elasticsearch-9", "Elasticsearch9", true);

    private final String folder;
    private final String main;
    private final boolean newer;

    /**
     * @param newer whether it needs {@link NewerJava}
     */
    SearchEngine(String folder, String main, boolean newer) {
        this.folder = folder;
        this.main = main;
        this.newer = newer;
    }

    Path java() {
        Path home = newer ? NewerJava.home() : Path.of(System.getProperty("java.home"));
        return home.resolve("bin").resolve("java");
    }

    Path jars() {
        return ServerProcess.fromBuild("zipkin.servers").resolve(folder);
    }

    /** The class path; without the jars of a module, which Elasticsearch from 8 on has beside and refuses to find twice. */
    String classPath() {
        try (Stream<Path> files = Files.list(jars())) {
            boolean beside = this == ELASTICSEARCH_8 || this == ELASTICSEARCH_9;
            return files.filter(
                            file -> !beside || !file.getFileName().toString().matches("(netty|transport-netty4).*"))
                    .map(file -> file.toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path source() {
        return Path.of("src", "test", "servers", folder, main + ".java").toAbsolutePath();
    }
}
