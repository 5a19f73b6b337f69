package zipkin.ee.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Storage in Elasticsearch or OpenSearch.
 *
 * @param hosts nodes of one cluster, each with scheme, host and port, and a path when a proxy needs
 *     one; without a trailing slash
 * @param access who we are there
 * @param amazon null when it is not Amazon's service
 * @param timeout of one request, whole: connecting, sending, waiting, reading
 * @param httpLogging what is logged of each request
 * @param index what the indices' names begin with
 * @param templates what new indices look like
 * @param writing how spans are written
 * @param maxAnswerBytes of one answer; a larger one is an error
 * @param maxQuerySpans most spans that one query reads
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
     * User, password, and whom we trust.
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
     * @param api where domains are looked up; null for Amazon's own place
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
     * @param ensure whether missing ones are put
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
     * @param batchSpans most spans of messages that are written together
     * @param bulkBytes size at which a bulk request is sent and another one begun
     */
    public record Writing(@Nullable String pipeline, int writers, int batchSpans, int bulkBytes) {}

    private static final int DEFAULT_PORT = 9200;
    /**
     * {@code name.region.es.amazonaws.com}, and {@code name.aos.region.on.aws} of endpoints with
     * IPv6.
     */
    private static final Pattern AMAZON_HOST = Pattern.compile(
            "[^.]+\\.(?:([^.]+)\\.es\\.amazonaws\\.com(?:\\.cn)?|aos\\.([^.]+)\\.on\\.aws)", Pattern.CASE_INSENSITIVE);

    private static final Setting<List<String>> HOSTS = Setting.list(
            "ES_HOSTS",
            "http://localhost:9200",
            "Nodes of one Elasticsearch or OpenSearch cluster: http://host:port or https://host:port, "
                    + "comma separated. Without a scheme http, without scheme and port 9200.");
    private static final Setting<String> USERNAME =
            Setting.text("ES_USERNAME", "", "User for basic authentication. Unset: none.");
    private static final Setting<String> PASSWORD = Setting.text("ES_PASSWORD", "", "Password of ES_USERNAME.");
    private static final Setting<String> CREDENTIALS_FILE = Setting.text(
            "ES_CREDENTIALS_FILE",
            "",
            "Properties file with zipkin.storage.elasticsearch.username and .password, in place of the "
                    + "two above; changes are taken over.");
    private static final Setting<Integer> CREDENTIALS_REFRESH = Setting.integer(
            "ES_CREDENTIALS_REFRESH_INTERVAL",
            5,
            1,
            86_400,
            "Seconds after which ES_CREDENTIALS_FILE is looked at again.");
    private static final Setting<Boolean> NO_VERIFY = Setting.flag(
            "ES_SSL_NO_VERIFY",
            false,
            "When true, any certificate and host name is accepted: for tests, since whoever answers is trusted then.");
    private static final Setting<String> AWS_DOMAIN = Setting.text(
            "ES_AWS_DOMAIN",
            "",
            "Name of a domain of Amazon's OpenSearch or Elasticsearch service: its endpoint is looked "
                    + "up, in place of ES_HOSTS, and requests are signed, unless ES_USERNAME or "
                    + "ES_CREDENTIALS_FILE is set.");
    private static final Setting<String> AWS_REGION = Setting.text(
            "ES_AWS_REGION",
            "",
            "Region of the domain. Unset: from ES_HOSTS when they are Amazon's "
                    + "(….region.es.amazonaws.com), otherwise as the AWS SDK finds it.");
    private static final Setting<String> AWS_API = Setting.text(
            "AWS_ENDPOINT_URL_ELASTICSEARCH_SERVICE",
            "",
            "Where ES_AWS_DOMAIN is looked up, for LocalStack and the like. Unset: Amazon's service in the region.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "ES_TIMEOUT",
            "10000",
            "How long one request to the cluster may take, from connecting to the whole answer.");
    private static final Setting<String> HTTP_LOGGING = Setting.choice(
            "ES_HTTP_LOGGING",
            List.of("NONE", "BASIC", "HEADERS", "BODY"),
            "What is logged of each request to the cluster; never passwords.");
    private static final Setting<String> INDEX =
            Setting.text("ES_INDEX", "zipkin", "What the names of indices and templates begin with.");
    private static final Setting<String> DATE_SEPARATOR = new Setting<>(
            "ES_DATE_SEPARATOR",
            List.of(),
            "-",
            "one of - . _ or the word none",
            "What separates year, month and day in names of indices.",
            ElasticsearchSettings::separator);
    private static final Setting<Boolean> ENSURE_TEMPLATES = Setting.flag(
            "ES_ENSURE_TEMPLATES", true, "Whether missing templates of indices are put; needs the right to do so.");
    private static final Setting<Integer> SHARDS =
            Setting.integer("ES_INDEX_SHARDS", 5, 1, 1024, "Shards of each new daily index.");
    private static final Setting<Integer> REPLICAS = Setting.integer(
            "ES_INDEX_REPLICAS",
            1,
            0,
            100,
            "Copies of each shard in new indices; with 0 the loss of a node loses spans.");
    private static final Setting<Integer> PRIORITY = Setting.integer(
                    "ES_TEMPLATE_PRIORITY",
                    0,
                    0,
                    Integer.MAX_VALUE,
                    "Priority of composable templates; has to be above that of any other template whose "
                            + "patterns match Zipkin's indices. Unset: templates of the older kind, which yield to "
                            + "any composable one.")
            .describedDefault("");
    private static final Setting<String> PIPELINE =
            Setting.text("ES_PIPELINE", "", "Ingest pipeline that all spans go through; it has to exist.");
    private static final Setting<Integer> WRITERS = Setting.integer(
            "ZIPKIN_ES_WRITERS", 2, 1, 100, "Bulk requests that are sent at the same time, by as many threads.");
    private static final Setting<Integer> BATCH_SPANS = Setting.integer(
            "ZIPKIN_ES_BATCH_SPANS",
            2000,
            1,
            100_000,
            "Spans up to which waiting messages are written together, and at which a bulk request is "
                    + "sent and another one begun.");
    private static final Setting<Integer> BULK_BYTES = Setting.integer(
            "ZIPKIN_ES_BULK_BYTES",
            5 * 1024 * 1024,
            1024,
            100 * 1024 * 1024,
            "Bytes at which a bulk request is sent and another one begun; fewer while the cluster is too "
                    + "slow for requests of that size. A larger span is sent alone.");
    private static final int MOST_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int ANSWER_PERCENT = 10;
    private static final Setting<Integer> MAX_ANSWER = Setting.integer(
                    "ZIPKIN_ES_MAX_ANSWER_BYTES",
                    1,
                    1024,
                    Integer.MAX_VALUE,
                    "Largest answer of the cluster that is read; what is larger is asked for in smaller pages.")
            .describedDefault("10 % of the heap without 112 MiB, at most 64 MiB");
    private static final Setting<Integer> MAX_QUERY_SPANS = Setting.integer(
                    "ZIPKIN_ES_MAX_QUERY_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Most spans, names or links that one query reads from the cluster. Those beyond are "
                            + "not in the answer.")
            .describedDefault(HeapShare.QUERY_SPANS);

    private static final Setting<Boolean> LIFECYCLE = Setting.flag(
            "ZIPKIN_ES_LIFECYCLE",
            false,
            "Whether STORAGE_RETENTION is left to the cluster, by a policy (ILM of Elasticsearch, ISM of "
                    + "OpenSearch) named by ES_INDEX and -retention that indices without one are put under; "
                    + "otherwise Zipkin deletes. Needs the right to manage policies.");

    static List<Setting<?>> settings() {
        return List.of(
                HOSTS,
                USERNAME,
                PASSWORD,
                CREDENTIALS_FILE,
                CREDENTIALS_REFRESH,
                NO_VERIFY,
                AWS_DOMAIN,
                AWS_REGION,
                AWS_API,
                TIMEOUT,
                HTTP_LOGGING,
                INDEX,
                DATE_SEPARATOR,
                ENSURE_TEMPLATES,
                SHARDS,
                REPLICAS,
                PRIORITY,
                PIPELINE,
                WRITERS,
                BATCH_SPANS,
                BULK_BYTES,
                MAX_ANSWER,
                MAX_QUERY_SPANS,
                LIFECYCLE);
    }

    static ElasticsearchSettings from(SettingsReader reader) {
        Duration retention = reader.find(RetentionSettings.AGE);
        List<URI> hosts = hosts(reader);
        return new ElasticsearchSettings(
                hosts,
                new Access(
                        reader.find(USERNAME),
                        reader.find(PASSWORD),
                        reader.find(CREDENTIALS_FILE),
                        Duration.ofSeconds(reader.get(CREDENTIALS_REFRESH)),
                        !reader.get(NO_VERIFY)),
                amazon(reader, hosts),
                reader.get(TIMEOUT),
                HttpLogging.valueOf(reader.get(HTTP_LOGGING)),
                new IndexNaming(prefix(reader), reader.get(DATE_SEPARATOR)),
                new Templates(
                        reader.get(ENSURE_TEMPLATES), reader.get(SHARDS), reader.get(REPLICAS), reader.find(PRIORITY)),
                new Writing(
                        reader.find(PIPELINE), reader.get(WRITERS), reader.get(BATCH_SPANS), reader.get(BULK_BYTES)),
                reader.get(MAX_ANSWER, (int) Math.min(MOST_ANSWER_BYTES, HeapShare.percent(ANSWER_PERCENT))),
                reader.get(MAX_QUERY_SPANS, HeapShare.querySpans()),
                retention == null ? Duration.ZERO : retention,
                reader.get(LIFECYCLE));
    }

    /** The hosts or the domain as they were set, for messages and the start-up screen. */
    public String place() {
        String where = amazon != null && amazon.domain() != null
                ? "Amazon's domain " + amazon.domain()
                : String.join(",", hosts.stream().map(URI::toString).toList());
        return where + ", indices " + index.prefix() + "-*";
    }

    /** Whether requests are signed as AWS has it. */
    public boolean isSigned() {
        return amazon != null && access.username() == null && access.credentialsFile() == null;
    }

    private static @Nullable Amazon amazon(SettingsReader reader, List<URI> hosts) {
        String domain = reader.find(AWS_DOMAIN);
        String region = reader.find(AWS_REGION);
        URI api = api(reader);
        if (domain != null && !domain.matches("[a-z][a-z0-9-]{2,27}")) {
            reader.refuse(
                    AWS_DOMAIN.name(),
                    domain,
                    "3 to 28 lower-case letters, digits and -, of which a letter comes first");
        }
        Set<String> regions = new TreeSet<>();
        for (URI host : hosts) {
            Matcher matcher = AMAZON_HOST.matcher(host.getHost());
            boolean amazon = host.getScheme().equalsIgnoreCase("https") && matcher.matches();
            regions.add(amazon ? (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : "");
        }
        if (domain == null && regions.size() > 1 && !Set.of("").containsAll(regions)) {
            reader.refuse(
                    HOSTS.name(), reader.get(HOSTS).toString(), "Amazon's hosts of one region, or none of Amazon's");
        }
        String ofHosts =
                regions.stream().filter(name -> !name.isEmpty()).findFirst().orElse(null);
        if (domain == null && ofHosts == null) {
            return null;
        }
        return new Amazon(domain, region == null && domain == null ? ofHosts : region, api);
    }

    private static @Nullable URI api(SettingsReader reader) {
        String text = reader.find(AWS_API);
        URI uri = text == null ? null : host(text);
        if (text != null && uri == null) {
            reader.refuse(AWS_API.name(), text, "http://host:port or https://host:port");
        }
        return uri;
    }

    private static List<URI> hosts(SettingsReader reader) {
        List<URI> hosts = new ArrayList<>();
        for (String text : reader.get(HOSTS)) {
            URI host = host(text);
            if (host == null) {
                reader.refuse(
                        HOSTS.name(), text, "http://host:port or https://host:port, without user, query and fragment");
            } else {
                hosts.add(host);
            }
        }
        return List.copyOf(hosts);
    }

    private static @Nullable URI host(String text) {
        boolean scheme = text.contains("://");
        try {
            URI uri = URI.create((scheme ? text : "http://" + text).replaceFirst("/+$", ""));
            String name = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean valid = (name.equals("http") || name.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (!valid) {
                return null;
            }
            return scheme || uri.getPort() != -1 ? uri : URI.create(uri + ":" + DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String prefix(SettingsReader reader) {
        String prefix = reader.get(INDEX);
        if (!prefix.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
            reader.refuse(
                    INDEX.name(), prefix, "lower-case letters, digits and . _ - of which none of these comes first");
            return INDEX.defaultText();
        }
        return prefix;
    }

    private static String separator(String text) {
        return switch (text) {
            case "-", ".", "_" -> text;
            case "none" -> "";
            default -> throw new IllegalArgumentException("no separator");
        };
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
