package zipkin.ee.storage.elasticsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HeapShare;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Storage in Elasticsearch or OpenSearch.
 *
 * @param hosts nodes of one cluster, each with scheme, host and port, and a path when a proxy needs
 *     one; without a trailing slash
 * @param access user, password and trust
 * @param amazon null when it is not Amazon's service
 * @param timeout of one request, whole: connecting, sending, waiting, reading
 * @param httpLogging what is logged of each request
 * @param index how indices are named
 * @param templates what new indices look like
 * @param writing how spans are written
 * @param maxAnswerBytes maximum size of one answer; a larger one is an error
 * @param maxQuerySpans maximum number of spans that one query reads
 * @param retention age beyond which whole days are deleted; zero keeps all
 * @param lifecycle whether the cluster does that by a policy, rather than this server
 */
public record ElasticsearchSettings(
        List<URI> hosts,
        Access access,
        @Nullable Amazon amazon,
        Duration timeout,
        HttpLogging httpLogging,
        IndexNaming index,
        Templates templates,
        Writing writing,
        int maxAnswerBytes,
        int maxQuerySpans,
        Duration retention,
        boolean lifecycle) {

    /**
     * User and password, and whether certificates are checked.
     *
     * @param username null for none
     * @param credentialsFile properties with user and password, read again after a while; null for
     *     none
     * @param verify whether certificates and host names are checked
     */
    public record Access(
            @Nullable String username,
            @Nullable String password,
            @Nullable String credentialsFile,
            Duration credentialsRefresh,
            boolean verify) {
        /** Without the password. */
        @Override
        public String toString() {
            return MaskedRecord.text(this);
        }
    }

    /**
     * Amazon's service, whose requests are signed unless {@link Access} has a user.
     *
     * @param domain whose endpoint is looked up, in place of the hosts; null for the hosts
     * @param region null for the one that the AWS SDK finds
     * @param api where domains are looked up; null for Amazon's service in the region
     */
    public record Amazon(
            @Nullable String domain,
            @Nullable String region,
            @Nullable URI api) {}

    /** How much of each HTTP exchange is logged; more includes less. */
    public enum HttpLogging {
        NONE,
        BASIC,
        HEADERS,
        BODY
    }

    /**
     * Names of daily indices: {@code zipkin-span-2026-01-31}.
     *
     * @param dateSeparator one character, or none
     */
    public record IndexNaming(String prefix, String dateSeparator) {}

    /**
     * Templates of indices.
     *
     * @param ensure whether missing ones are created
     * @param priority of composable templates; null for templates of the older kind
     */
    public record Templates(
            boolean ensure,
            int shards,
            int replicas,
            @Nullable Integer priority) {}

    /**
     * Writing of spans.
     *
     * @param pipeline ingest pipeline for all that is written; null for the indices' own
     * @param writers requests at the same time
     * @param batchSpans maximum number of spans for which waiting messages are written together
     * @param bulkBytes size at which a bulk request is sent and the next one begins
     */
    public record Writing(@Nullable String pipeline, int writers, int batchSpans, int bulkBytes) {}

    private static final Setting<String> USERNAME =
            Setting.text("ES_USERNAME", "", "User for basic authentication. Unset: none.");
    private static final Setting<String> PASSWORD = Setting.text("ES_PASSWORD", "", "Password of ES_USERNAME.");
    private static final Setting<String> CREDENTIALS_FILE = Setting.text(
            "ES_CREDENTIALS_FILE",
            "",
            "Properties file with zipkin.storage.elasticsearch.username and .password, which replaces the "
                    + "two above. Changes of the file take effect.");
    private static final Setting<Integer> CREDENTIALS_REFRESH = Setting.integer(
            "ES_CREDENTIALS_REFRESH_INTERVAL", 5, 1, 86_400, "Seconds after which ES_CREDENTIALS_FILE is read again.");
    private static final Setting<Boolean> NO_VERIFY = Setting.flag(
            "ES_SSL_NO_VERIFY",
            false,
            "Whether any certificate and host name is accepted. Only for tests: whoever answers is trusted.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "ES_TIMEOUT",
            "10000",
            "How long one request to the cluster may take, from connecting to the end of the answer.");
    private static final Setting<String> HTTP_LOGGING = Setting.choice(
            "ES_HTTP_LOGGING",
            List.of("NONE", "BASIC", "HEADERS", "BODY"),
            "What is logged of each request to the cluster. Passwords never are.");
    private static final Setting<String> PIPELINE =
            Setting.text("ES_PIPELINE", "", "Ingest pipeline that all spans go through. It has to exist.");
    private static final Setting<Integer> WRITERS = Setting.integer(
            "ZIPKIN_ES_WRITERS", 2, 1, 100, "Bulk requests that run at the same time, each with its own thread.");
    private static final Setting<Integer> BATCH_SPANS = Setting.integer(
            "ZIPKIN_ES_BATCH_SPANS",
            2000,
            1,
            100_000,
            "Maximum number of spans for which waiting messages are written together, and after which a bulk "
                    + "request is sent and the next one begins.");
    private static final Setting<Integer> BULK_BYTES = Setting.integer(
            "ZIPKIN_ES_BULK_BYTES",
            5 * 1024 * 1024,
            1024,
            100 * 1024 * 1024,
            "Bytes after which a bulk request is sent and the next one begins; fewer while the cluster is too "
                    + "slow for requests of that size. A larger span is sent alone.");
    private static final int MOST_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int ANSWER_PERCENT = 10;
    private static final Setting<Integer> MAX_ANSWER = Setting.integer(
                    "ZIPKIN_ES_MAX_ANSWER_BYTES",
                    1,
                    1024,
                    Integer.MAX_VALUE,
                    "Largest answer of the cluster that is read. What is larger is requested again in smaller pages.")
            .describedDefault("10 % of seven eighths of the heap less 112 MiB, at most 64 MiB");
    private static final Setting<Integer> MAX_QUERY_SPANS = Setting.integer(
                    "ZIPKIN_ES_MAX_QUERY_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Maximum number of spans, names or links that one query reads from the cluster. Those beyond "
                            + "are not in the answer.")
            .describedDefault(HeapShare.QUERY_SPANS);

    private static final Setting<Boolean> LIFECYCLE = Setting.flag(
            "ZIPKIN_ES_LIFECYCLE",
            false,
            "Whether the cluster itself applies STORAGE_RETENTION, by a policy (ILM of Elasticsearch, ISM of "
                    + "OpenSearch) that is named by ES_INDEX and -retention and attached to indices without one. "
                    + "Otherwise Zipkin deletes. Needs the right to manage policies.");

    public static ElasticsearchSettings from(SettingsReader reader) {
        Duration retention = reader.find(RetentionSettings.AGE);
        List<URI> hosts = ElasticsearchHosts.hosts(reader);
        return new ElasticsearchSettings(
                hosts,
                new Access(
                        reader.find(USERNAME),
                        reader.find(PASSWORD),
                        reader.find(CREDENTIALS_FILE),
                        Duration.ofSeconds(reader.get(CREDENTIALS_REFRESH)),
                        !reader.get(NO_VERIFY)),
                ElasticsearchHosts.amazon(reader, hosts),
                reader.get(TIMEOUT),
                HttpLogging.valueOf(reader.get(HTTP_LOGGING)),
                ElasticsearchIndices.naming(reader),
                ElasticsearchIndices.templates(reader),
                new Writing(
                        reader.find(PIPELINE), reader.get(WRITERS), reader.get(BATCH_SPANS), reader.get(BULK_BYTES)),
                reader.get(MAX_ANSWER, (int) Math.min(MOST_ANSWER_BYTES, HeapShare.percent(ANSWER_PERCENT))),
                reader.get(MAX_QUERY_SPANS, HeapShare.querySpans()),
                retention == null ? Duration.ZERO : retention,
                reader.get(LIFECYCLE));
    }

    /** The hosts or the domain, and the indices, for messages and the start-up screen. */
    public String place() {
        String where = amazon != null && amazon.domain() != null
                ? "Amazon's domain " + amazon.domain()
                : String.join(",", hosts.stream().map(URI::toString).toList());
        return where + ", indices " + index.prefix() + "-*";
    }

    /** Whether requests are signed by AWS's Signature Version 4. */
    public boolean isSigned() {
        return amazon != null && access.username() == null && access.credentialsFile() == null;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
