package zipkin.ee.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Storage in Cassandra.
 *
 * @param contactPoints nodes that are asked first, not resolved
 * @param localDc data center whose nodes are used
 * @param ensureSchema whether what is missing in the keyspace is created
 * @param access who we are there, and how the connections are secured
 * @param maxConnections to each node
 * @param indexFetchMultiplier how many rows of an index are read at first for each trace that is
 *     wanted
 * @param timeout of one statement
 * @param writing how spans are written
 * @param maxQuerySpans most spans that one query, or a step of the counting of links, reads
 * @param consistency the driver's name of how many replicas have to answer a statement
 */
public record CassandraSettings(
        String keyspace,
        List<InetSocketAddress> contactPoints,
        String localDc,
        boolean ensureSchema,
        Access access,
        int maxConnections,
        int indexFetchMultiplier,
        Duration timeout,
        Writing writing,
        int maxQuerySpans,
        String consistency) {

    /**
     * User, password and TLS.
     *
     * @param username null for none
     * @param hostnameValidation whether the names in certificates are checked
     */
    public record Access(
            @Nullable String username, @Nullable String password, boolean ssl, boolean hostnameValidation) {
        /** Without the password. */
        @Override
        public String toString() {
            return MaskedRecord.text(this);
        }
    }

    /**
     * Writing of spans.
     *
     * @param writers combined writes at the same time
     * @param batchSpans most spans of messages that are written together
     * @param inFlight most statements at the same time
     */
    public record Writing(int writers, int batchSpans, int inFlight) {}

    private static final int DEFAULT_PORT = 9042;

    private static final Setting<String> KEYSPACE =
            Setting.text("CASSANDRA_KEYSPACE", "zipkin2", "Keyspace of spans and their indexes.");
    private static final Setting<List<String>> CONTACT_POINTS = Setting.list(
            "CASSANDRA_CONTACT_POINTS",
            "localhost",
            "Nodes of one cluster that are asked first, host or host:port, comma separated; without a port 9042.");
    private static final Setting<String> LOCAL_DC = Setting.text(
            "CASSANDRA_LOCAL_DC", "datacenter1", "Data center whose nodes are used, as nodetool status names it.");
    private static final Setting<Boolean> ENSURE_SCHEMA = Setting.flag(
            "CASSANDRA_ENSURE_SCHEMA",
            true,
            "Whether a missing keyspace, tables and indexes are created; needs the right to do so. When "
                    + "false, what is missing stops the deployment.");
    private static final Setting<String> USERNAME =
            Setting.text("CASSANDRA_USERNAME", "", "User for password authentication. Unset: none.");
    private static final Setting<String> PASSWORD =
            Setting.text("CASSANDRA_PASSWORD", "", "Password of CASSANDRA_USERNAME.");
    private static final Setting<Boolean> USE_SSL = Setting.flag(
            "CASSANDRA_USE_SSL",
            false,
            "Whether connections use TLS, with the trust and key store of the JVM "
                    + "(javax.net.ssl.trustStore, .keyStore).");
    private static final Setting<Boolean> HOSTNAME_VALIDATION = Setting.flag(
            "CASSANDRA_SSL_HOSTNAME_VALIDATION",
            true,
            "Whether certificates must be for the host that is connected to.");
    private static final Setting<Integer> MAX_CONNECTIONS =
            Setting.integer("CASSANDRA_MAX_CONNECTIONS", 8, 1, 1024, "Connections to each node.");
    private static final Setting<Integer> MULTIPLIER = Setting.integer(
            "CASSANDRA_INDEX_FETCH_MULTIPLIER",
            3,
            1,
            1000,
            "Rows of an index that a search reads at first for each trace that is wanted; more are read "
                    + "when they are needed.");
    private static final Setting<Duration> TIMEOUT =
            Setting.duration("ZIPKIN_CASSANDRA_TIMEOUT", "10s", "How long one statement may take.");
    private static final Setting<Integer> WRITERS = Setting.integer(
            "ZIPKIN_CASSANDRA_WRITERS", 2, 1, 100, "Combined writes at the same time, by as many threads.");
    private static final Setting<Integer> BATCH_SPANS = Setting.integer(
            "ZIPKIN_CASSANDRA_BATCH_SPANS",
            2000,
            1,
            100_000,
            "Spans up to which waiting messages are written together.");
    private static final Setting<Integer> IN_FLIGHT = Setting.integer(
            "ZIPKIN_CASSANDRA_IN_FLIGHT", 128, 1, 10_000, "Statements that are sent and not answered yet, at most.");
    private static final Setting<Integer> MAX_QUERY_SPANS = Setting.integer(
                    "ZIPKIN_CASSANDRA_MAX_QUERY_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Most spans that one query, or a step of the counting of links, reads from the "
                            + "cluster. Spans beyond are not in the answer.")
            .describedDefault(HeapShare.QUERY_SPANS);

    private static final Setting<String> CONSISTENCY = Setting.choice(
            "CASSANDRA_CONSISTENCY",
            List.of("LOCAL_ONE", "LOCAL_QUORUM", "QUORUM", "ONE", "TWO", "THREE", "ALL"),
            "Replicas that have to answer before a write is acknowledged and a query is answered.");

    static List<Setting<?>> settings() {
        return List.of(
                KEYSPACE,
                CONTACT_POINTS,
                LOCAL_DC,
                ENSURE_SCHEMA,
                USERNAME,
                PASSWORD,
                USE_SSL,
                HOSTNAME_VALIDATION,
                MAX_CONNECTIONS,
                MULTIPLIER,
                TIMEOUT,
                WRITERS,
                BATCH_SPANS,
                IN_FLIGHT,
                MAX_QUERY_SPANS,
                CONSISTENCY);
    }

    static CassandraSettings from(SettingsReader reader) {
        return new CassandraSettings(
                keyspace(reader),
                contactPoints(reader),
                reader.get(LOCAL_DC),
                reader.get(ENSURE_SCHEMA),
                new Access(
                        reader.find(USERNAME),
                        reader.find(PASSWORD),
                        reader.get(USE_SSL),
                        reader.get(HOSTNAME_VALIDATION)),
                reader.get(MAX_CONNECTIONS),
                reader.get(MULTIPLIER),
                reader.get(TIMEOUT),
                new Writing(reader.get(WRITERS), reader.get(BATCH_SPANS), reader.get(IN_FLIGHT)),
                reader.get(MAX_QUERY_SPANS, HeapShare.querySpans()),
                reader.get(CONSISTENCY));
    }

    /**
     * The contact points as they were set and the keyspace, for messages and the start-up screen.
     */
    public String place() {
        List<String> points = contactPoints.stream()
                .map(point -> point.getHostString() + ":" + point.getPort())
                .toList();
        return String.join(",", points) + ", keyspace " + keyspace;
    }

    private static String keyspace(SettingsReader reader) {
        String keyspace = reader.get(KEYSPACE);
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            reader.refuse(KEYSPACE.name(), keyspace, "at most 48 lower-case letters, digits and _, a letter first");
            return KEYSPACE.defaultText();
        }
        return keyspace;
    }

    private static List<InetSocketAddress> contactPoints(SettingsReader reader) {
        List<InetSocketAddress> points = new ArrayList<>();
        for (String text : reader.get(CONTACT_POINTS)) {
            InetSocketAddress point = contactPoint(text);
            if (point == null) {
                reader.refuse(CONTACT_POINTS.name(), text, "host, host:port, or [IPv6 address]:port");
            } else {
                points.add(point);
            }
        }
        return List.copyOf(points);
    }

    private static @Nullable InetSocketAddress contactPoint(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (port ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        try {
            int number = port ? Integer.parseInt(text.substring(colon + 1)) : DEFAULT_PORT;
            return host.isEmpty() || number < 1 || number > 65_535
                    ? null
                    : InetSocketAddress.createUnresolved(host, number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
