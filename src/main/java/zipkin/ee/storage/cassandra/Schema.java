package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.Version;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.text.SafeLogger;

/** The keyspace: makes what is missing, or says what is. */
final class Schema {
    /** How tags can be found without reading traces. */
    enum TagIndex {
        /** The reference's, on Cassandra 3.11, and later where it was switched on. */
        SASI,
        /** On Cassandra 5. */
        SAI,
        NONE
    }

    private static final Logger LOGGER = SafeLogger.of(Schema.class.getName());
    private static final String FOLDER = "/schema/cassandra/";
    private static final Version OLDEST = Version.parse("3.11.3");
    private static final Version FIRST_WITH_SAI = Version.parse("5.0.0");
    private static final Duration DDL_TIMEOUT = Duration.ofMinutes(2);
    private static final List<String> TABLES = List.of("span", "dependency");
    private static final List<String> SEARCH_TABLES = List.of(
            "trace_by_service_span",
            "trace_by_service_remote_service",
            "span_by_service",
            "remote_service_by_service",
            "autocomplete_tags");
    private static final List<String> LINK_TABLES = List.of("link_pending", "link_trace", "link_count", "link_state");

    private final CqlSession session;
    private final CassandraSettings settings;
    private final boolean search;
    private final boolean links;

    /**
     * @param search whether the tables of the search are needed
     * @param links whether the tables of live counting are needed
     */
    Schema(CqlSession session, CassandraSettings settings, boolean search, boolean links) {
        this.session = session;
        this.settings = settings;
        this.search = search;
        this.links = links;
    }

    /**
     * @throws UnusableStorageException when something is missing that may not be made, or the
     *     version is too old
     */
    TagIndex ensure() {
        Version version = version();
        boolean durable = session.getMetadata()
                .getKeyspace(settings.keyspace())
                .map(KeyspaceMetadata::isDurableWrites)
                .orElse(true);
        if (!durable) {
            LOGGER.log(
                    Level.WARNING,
                    "Keyspace {0} has durable_writes = false, as Zipkin''s server makes it: a node that "
                            + "is killed loses spans it has"
                            + " acknowledged. ALTER KEYSPACE {0} WITH durable_writes = true keeps them.",
                    settings.keyspace());
        }
        if (settings.ensureSchema()) {
            create();
        }
        check();
        return search ? tagIndex(version) : TagIndex.NONE;
    }

    private Version version() {
        Version lowest = null;
        for (Node node : session.getMetadata().getNodes().values()) {
            Version version = node.getCassandraVersion();
            if (version != null && (lowest == null || version.compareTo(lowest) < 0)) {
                lowest = version;
            }
        }
        if (lowest == null || lowest.compareTo(OLDEST) < 0) {
            throw new UnusableStorageException(
                    "CASSANDRA_CONTACT_POINTS leads to Cassandra " + (lowest == null ? "of unknown version" : lowest)
                            + ". Supported is " + OLDEST + " and later.",
                    null);
        }
        return lowest;
    }

    private void create() {
        if (!missing(TABLES).isEmpty() || (search && !missing(SEARCH_TABLES).isEmpty())) {
            run("zipkin2.cql");
        }
        if (links && !missing(LINK_TABLES).isEmpty()) {
            run("links.cql");
        }
    }

    private void check() {
        String missing = missing(TABLES);
        if (missing.isEmpty() && search) {
            missing = missing(SEARCH_TABLES);
        }
        if (!missing.isEmpty()) {
            throw lacks(missing, "zipkin2.cql", "");
        }
        String missingLinks = links ? missing(LINK_TABLES) : "";
        if (!missingLinks.isEmpty()) {
            throw lacks(missingLinks, "links.cql", ", or DEPENDENCY_LINKS_ENABLED=false");
        }
    }

    private UnusableStorageException lacks(String tables, String script, String more) {
        return new UnusableStorageException(
                "Keyspace " + settings.keyspace() + " lacks " + tables + ". Apply " + FOLDER.substring(1) + script
                        + " from the WAR, or set CASSANDRA_ENSURE_SCHEMA=true" + more + ".",
                null);
    }

    /** "table span, table dependency"; empty when all are there. */
    private String missing(List<String> tables) {
        KeyspaceMetadata keyspace =
                session.getMetadata().getKeyspace(settings.keyspace()).orElse(null);
        return tables.stream()
                .filter(table -> keyspace == null || keyspace.getTable(table).isEmpty())
                .map(table -> "table " + table)
                .collect(Collectors.joining(", "));
    }

    private TagIndex tagIndex(Version version) {
        if (hasIndex("sasi")) {
            return TagIndex.SASI;
        }
        if (hasIndex("sai") || hasIndex("storageattachedindex")) {
            return TagIndex.SAI;
        }
        if (!settings.ensureSchema()) {
            return TagIndex.NONE;
        }
        if (version.nextStable().compareTo(FIRST_WITH_SAI) >= 0) {
            return tryToRun("sai.cql") ? TagIndex.SAI : TagIndex.NONE;
        }
        return tryToRun("sasi.cql") ? TagIndex.SASI : TagIndex.NONE;
    }

    private boolean hasIndex(String kind) {
        return session.getMetadata()
                .getKeyspace(settings.keyspace())
                .flatMap(keyspace -> keyspace.getTable("span"))
                .map(table -> table.getIndexes().values().stream().anyMatch(index -> {
                    String target = index.getTarget().toLowerCase(Locale.ROOT);
                    String by = index.getClassName().orElse("").toLowerCase(Locale.ROOT);
                    return by.contains(kind) && (target.contains("annotation_query") || target.contains("tags"));
                }))
                .orElse(false);
    }

    /** Indexes that a cluster may not have: searches work without. */
    private boolean tryToRun(String script) {
        try {
            run(script);
            return true;
        } catch (InvalidQueryException | InvalidConfigurationInQueryException e) {
            LOGGER.log(
                    Level.INFO,
                    "Cassandra has no index for tags, so searches by tag read the traces of the service: {0}",
                    e.getMessage());
            return false;
        }
    }

    private void run(String script) {
        String text = read(script)
                .replaceAll("(?m)^--.*$", "")
                .replace("zipkin2.", settings.keyspace() + ".")
                .replace("EXISTS zipkin2\n", "EXISTS " + settings.keyspace() + "\n");
        for (String statement : text.split(";", -1)) {
            if (!statement.isBlank()) {
                session.execute(SimpleStatement.newInstance(statement.trim()).setTimeout(DDL_TIMEOUT));
            }
        }
        session.refreshSchema();
    }

    private static String read(String script) {
        try (InputStream resource = Schema.class.getResourceAsStream(FOLDER + script)) {
            if (resource == null) {
                throw new IllegalStateException(FOLDER + script + " is not in the application");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FOLDER + script, e);
        }
    }
}
