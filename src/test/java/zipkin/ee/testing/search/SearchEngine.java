package zipkin.ee.testing.search;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import zipkin.ee.testing.NewerJava;
import zipkin.ee.testing.TestServers;

/** What can be run, by its jars and a main class beside its pom. */
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

    /** Its name among {@link TestServers}. */
    String program() {
        return folder;
    }

    /**
     * The class path; without the jars of {@link #transport}, which Elasticsearch refuses to find
     * twice.
     */
    String classPath() {
        return joined(jar -> !isTransport(jar));
    }

    /**
     * The jars of the module that Elasticsearch from 8 on has for its transport; empty for the
     * others.
     */
    String transport() {
        return joined(this::isTransport);
    }

    private String joined(Predicate<Path> wanted) {
        return TestServers.jars(folder).stream()
                .filter(wanted)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean isTransport(Path jar) {
        return (this == ELASTICSEARCH_8 || this == ELASTICSEARCH_9)
                && jar.getFileName().toString().matches("(netty|transport-netty4).*");
    }

    Path source() {
        return TestServers.source(folder, main + ".java");
    }
}
