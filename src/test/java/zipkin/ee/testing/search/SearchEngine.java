package zipkin.ee.testing.search;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zipkin.ee.testing.ServerProcess;

/** What can be run, from the jars that the build has copied to {@code target/servers} and a main class beside their list. */
public enum SearchEngine {
    OPENSEARCH_2("opensearch-2", "OpenSearch2"),
    ELASTICSEARCH_7("elasticsearch-7", "Elasticsearch7"),
    ELASTICSEARCH_8("elasticsearch-8", "Elasticsearch8");

    private final String folder;
    private final String main;

    SearchEngine(String folder, String main) {
        this.folder = folder;
        this.main = main;
    }

    Path jars() {
        return ServerProcess.fromBuild("zipkin.servers").resolve(folder);
    }

    /** The class path; without the jars of a module, which Elasticsearch 8 has beside and refuses to find twice. */
    String classPath() {
        try (Stream<Path> files = Files.list(jars())) {
            return files.filter(file -> this != ELASTICSEARCH_8
                            || !file.getFileName().toString().matches("(netty|transport-netty4).*"))
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
