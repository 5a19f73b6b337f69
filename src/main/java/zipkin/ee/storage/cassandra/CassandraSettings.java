package zipkin.ee.storage.cassandra;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HeapShare;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;

/**
 * Storage in Cassandra.
 *
 * @param contactPoints nodes to connect to first, unresolved
 * @param localDc data center whose nodes are used
 * @param ensureSchema whether a missing keyspace, tables and indexes are created
 * @param access user, password and TLS
 * @param maxConnections to each node
 * @param indexFetchMultiplier index rows that a search reads first for each requested trace
 * @param timeout of one statement
 * @param writing how spans are written
 * @param maxQuerySpans maximum number of spans that one query, or one step of counting links, reads
 * @param consistency the driver's name of the consistency level of all statements
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
     * @param batchSpans maximum number of spans for which waiting messages are written together
     * @param inFlight maximum number of statements at the same time
     */
    public record Writing(int writers, int batchSpans, int inFlight) {}

    private static final int DEFAULT_PORT = 9042;
    private static final int MAX_PORT = 65_535;

    private static final Setting<String> KEYSPACE = Setting.text(
            "CASSANDRA_KEYSPACE",
            "zipkin2",
            "[a-z][a-z0-9_]{0,47}",
            "at most 48 lower-case letters, digits and _, a letter first",
            "Keyspace of spans and their indexes.");
    private static final Setting<List<InetSocketAddress>> CONTACT_POINTS = Setting.of(
            "CASSANDRA_CONTACT_POINTS",
            "localhost",
            "host, host:port, or [IPv6 address]:port",
            "Nodes of one cluster to connect to first, comma separated. The default port is 9042.",
            text -> SettingText.list(text).stream()
                    .map(CassandraSettings::contactPoint)
                    .toList());
    private static final Setting<String> LOCAL_DC = Setting.text(
            "CASSANDRA_LOCAL_DC", "datacenter1", "Data center whose nodes are used, by its name in nodetool status.");
    private static final Setting<Boolean> ENSURE_SCHEMA = Setting.flag(
            "CASSANDRA_ENSURE_SCHEMA",
            true,
            "Whether a missing keyspace, tables and indexes are created, which needs the right to do so. When "
                    + "false, a missing one stops the deployment.");
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
            "CASSANDRA_SSL_HOSTNAME_VALIDATION", true, "Whether the names in certificates must match the host.");
    private static final Setting<Integer> MAX_CONNECTIONS =
            Setting.integer("CASSANDRA_MAX_CONNECTIONS", 8, 1, 1024, "Connections to each node.");
    private static final Setting<Integer> MULTIPLIER = Setting.integer(
            "CASSANDRA_INDEX_FETCH_MULTIPLIER",
            3,
            1,
            1000,
            "Index rows that a search reads first for each requested trace. It reads more when it needs them.");
    private static final Setting<Duration> TIMEOUT =
            Setting.duration("ZIPKIN_CASSANDRA_TIMEOUT", "10s", "How long one statement may take.");
    private static final Setting<Integer> WRITERS = Setting.integer(
            "ZIPKIN_CASSANDRA_WRITERS",
            2,
            1,
            100,
            "Combined writes that run at the same time, each with its own thread.");
    private static final Setting<Integer> BATCH_SPANS = Setting.integer(
            "ZIPKIN_CASSANDRA_BATCH_SPANS",
            2000,
            1,
            100_000,
            "Maximum number of spans for which waiting messages are written together.");
    private static final Setting<Integer> IN_FLIGHT = Setting.integer(
            "ZIPKIN_CASSANDRA_IN_FLIGHT",
            128,
            1,
            10_000,
            "Maximum number of statements that are sent and not answered yet.");
    private static final Setting<Integer> MAX_QUERY_SPANS = Setting.integer(
                    "ZIPKIN_CASSANDRA_MAX_QUERY_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Maximum number of spans that one query, or one step of counting links, reads from the "
                            + "cluster. Spans beyond are not in the answer.")
            .describedDefault(HeapShare.QUERY_SPANS);

    private static final Setting<String> CONSISTENCY = Setting.choice(
            "CASSANDRA_CONSISTENCY",
            List.of("LOCAL_ONE", "LOCAL_QUORUM", "QUORUM", "ONE", "TWO", "THREE", "ALL"),
            "Replicas that have to respond before a write is acknowledged and a query is answered.");

    public static CassandraSettings from(SettingsReader reader) {
        return new CassandraSettings(
                reader.get(KEYSPACE),
                reader.get(CONTACT_POINTS),
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

    /** The contact points and the keyspace, for messages and the start-up screen. */
    public String place() {
        List<String> points = contactPoints.stream()
                .map(point -> point.getHostString() + ":" + point.getPort())
                .toList();
        return String.join(",", points) + ", keyspace " + keyspace;
    }

    private static InetSocketAddress contactPoint(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (port ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("no host");
        }
        return InetSocketAddress.createUnresolved(
                host, port ? (int) SettingText.number(text.substring(colon + 1), 1, MAX_PORT) : DEFAULT_PORT);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
