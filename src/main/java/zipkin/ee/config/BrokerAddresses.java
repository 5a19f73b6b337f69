package zipkin.ee.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where brokers are from the texts of settings. The WAR and the resource adapters can't share
 * a class, so each has this one: a test compares their sources. All methods throw
 * IllegalArgumentException, without the text and its secrets, when it is not allowed.
 */
public final class BrokerAddresses {
    public static final String HOSTS = "host:port, comma separated";
    public static final String PULSAR = "like pulsar://host:6650";

    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/@\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern PULSAR_URL = Pattern.compile("(pulsar|pulsar\\+ssl|https?)://[^\\s@/]+/?");
    private static final Pattern AMQP_USER = Pattern.compile("[^:]*(:[^:]*)?");
    private static final Pattern AMQP_VIRTUAL_HOST = Pattern.compile("/?[^/]*");

    private BrokerAddresses() {}

    /** One broker. An IPv6 address keeps its brackets. */
    public record HostAndPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** At least one broker: host or host:port each, separated by commas. */
    public static List<HostAndPort> hosts(String text, int defaultPort) {
        List<HostAndPort> hosts = new ArrayList<>();
        for (String address : text.split(",", -1)) {
            Matcher matcher = HOST.matcher(address.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not host:port");
            }
            String port = matcher.group(2);
            hosts.add(new HostAndPort(
                    matcher.group(1), port == null ? defaultPort : (int) SettingText.number(port, 1, MAX_PORT)));
        }
        return List.copyOf(hosts);
    }

    /** RabbitMQ's URI, amqp or amqps, with a host. Its port is -1 when the text has none. */
    public static URI amqp(String text) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            if (uri.getHost() != null
                    && List.of("amqp", "amqps").contains(uri.getScheme())
                    && (uri.getRawUserInfo() == null
                            || AMQP_USER.matcher(uri.getRawUserInfo()).matches())
                    && AMQP_VIRTUAL_HOST.matcher(uri.getRawPath()).matches()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below without the cause, whose message repeats the text.
        }
        throw new IllegalArgumentException("not an AMQP URI");
    }

    /** The URL of Pulsar's brokers, unmodified. */
    public static String pulsar(String text) {
        if (!PULSAR_URL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a URL of Pulsar");
        }
        return text;
    }
}
