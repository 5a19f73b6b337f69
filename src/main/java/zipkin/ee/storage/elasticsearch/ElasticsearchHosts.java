package zipkin.ee.storage.elasticsearch;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HttpUrl;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Amazon;

/** Where the Elasticsearch or OpenSearch cluster is, and whether it is Amazon's service. */
final class ElasticsearchHosts {
    private static final int DEFAULT_PORT = 9200;

    /**
     * {@code name.region.es.amazonaws.com}, and {@code name.aos.region.on.aws} of endpoints with
     * IPv6.
     */
    private static final Pattern AMAZON_HOST = Pattern.compile(
            "[^.]+\\.(?:([^.]+)\\.es\\.amazonaws\\.com(?:\\.cn)?|aos\\.([^.]+)\\.on\\.aws)", Pattern.CASE_INSENSITIVE);

    private static final Setting<List<URI>> HOSTS = Setting.of(
            "ES_HOSTS",
            "http://localhost:9200",
            "http://host:port or https://host:port, without user, query and fragment",
            "Nodes of one Elasticsearch or OpenSearch cluster: http://host:port or https://host:port, "
                    + "comma separated. Without a scheme it is http; without scheme and port, the port is 9200.",
            text -> SettingText.list(text).stream()
                    .map(ElasticsearchHosts::host)
                    .toList());
    private static final Setting<String> AWS_DOMAIN = Setting.text(
            "ES_AWS_DOMAIN",
            "",
            "[a-z][a-z0-9-]{2,27}",
            "3 to 28 lower-case letters, digits and -, of which a letter comes first",
            "Name of a domain of Amazon's OpenSearch or Elasticsearch service: its endpoint is looked "
                    + "up and replaces ES_HOSTS, and requests are signed unless ES_USERNAME or "
                    + "ES_CREDENTIALS_FILE is set.");
    private static final Setting<String> AWS_REGION = Setting.text(
            "ES_AWS_REGION",
            "",
            "Region of the domain. Unset: from ES_HOSTS when they are Amazon's "
                    + "(….region.es.amazonaws.com), otherwise as the AWS SDK finds it.");
    private static final Setting<URI> AWS_API = Setting.of(
            "AWS_ENDPOINT_URL_ELASTICSEARCH_SERVICE",
            "",
            "http://host:port or https://host:port",
            "Where ES_AWS_DOMAIN is looked up, for LocalStack and the like. Unset: Amazon's service in the region.",
            ElasticsearchHosts::host);

    private ElasticsearchHosts() {}

    static List<URI> hosts(SettingsReader reader) {
        return reader.get(HOSTS);
    }

    /** Null when neither a domain is set nor the hosts are Amazon's. */
    static @Nullable Amazon amazon(SettingsReader reader, List<URI> hosts) {
        String domain = reader.find(AWS_DOMAIN);
        String region = reader.find(AWS_REGION);
        URI api = reader.find(AWS_API);
        if (domain != null) {
            return new Amazon(domain, region, api);
        }
        Set<String> regions =
                new TreeSet<>(hosts.stream().map(ElasticsearchHosts::region).toList());
        if (regions.size() > 1) {
            reader.refuse(HOSTS, hosts.toString(), "Amazon's hosts of one region, or none of Amazon's");
        }
        String hostsRegion = String.join("", regions);
        return hostsRegion.isEmpty() ? null : new Amazon(null, region == null ? hostsRegion : region, api);
    }

    /** The region of one of Amazon's hosts; empty for any other host. */
    private static String region(URI host) {
        Matcher amazon = AMAZON_HOST.matcher(host.getHost());
        if (!host.getScheme().equalsIgnoreCase("https") || !amazon.matches()) {
            return "";
        }
        return amazon.group(1) == null ? amazon.group(2) : amazon.group(1);
    }

    private static URI host(String text) {
        boolean scheme = text.contains("://");
        URI uri = HttpUrl.withoutUser((scheme ? text : "http://" + text).replaceFirst("/+$", ""));
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("has a query or a fragment");
        }
        return scheme || uri.getPort() != -1 ? uri : URI.create(uri + ":" + DEFAULT_PORT);
    }
}
