package zipkin.ee.config;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Spans from RabbitMQ. The adapter gets the same names by expressions in WEB-INF/jboss-ejb3.xml;
 * here they are checked and shown.
 *
 * @param enabled whether the bean's delivery is active at the start
 * @param place host:port of the brokers, comma separated, without credentials; empty for none: the
 *     adapter is dormant
 */
public record RabbitMqSettings(boolean enabled, String place, String queue) {
    private static final String ADDRESS = "\\s*(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/@\\s,]+)(:\\d{1,5})?\\s*";
    private static final Pattern ADDRESS_LIST = Pattern.compile(ADDRESS + "(," + ADDRESS + ")*");

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_RABBITMQ_ENABLED",
            true,
            "Whether spans are taken from RabbitMQ when RABBIT_ADDRESSES or RABBIT_URI is set. Switched "
                    + "at run time by stop-delivery and start-delivery.");
    private static final Setting<String> ADDRESSES = Setting.text(
            "RABBIT_ADDRESSES", "", "RabbitMQ brokers, host:port comma separated. Unset: no spans from RabbitMQ.");
    private static final Setting<String> URI = Setting.text(
            "RABBIT_URI", "", "amqp:// or amqps:// URI; wins over addresses, credentials and virtual host.");
    private static final Setting<String> USER = Setting.text("RABBIT_USER", "guest", "User of RabbitMQ.");
    private static final Setting<String> PASSWORD = Setting.text("RABBIT_PASSWORD", "guest", "The user's password.");
    private static final Setting<String> VIRTUAL_HOST = Setting.text("RABBIT_VIRTUAL_HOST", "/", "Virtual host.");
    private static final Setting<String> QUEUE =
            Setting.text("RABBIT_QUEUE", "zipkin", "Queue that holds spans; declared durable when it is missing.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
            "RABBIT_CONCURRENCY", 1, 1, 1000, "Consumers in this server, each with its channel and thread.");
    private static final Setting<Integer> PREFETCH = Setting.integer(
            "RABBIT_PREFETCH",
            500,
            1,
            65535,
            "Messages that each consumer may hold unacknowledged; bounds the memory that waiting messages take.");
    private static final Setting<Boolean> USE_SSL = Setting.flag(
            "RABBIT_USE_SSL",
            false,
            "TLS, with the broker's certificate and host name checked against the JVM's trust store.");
    private static final Setting<Duration> CONNECTION_TIMEOUT =
            Setting.duration("RABBIT_CONNECTION_TIMEOUT", "60000", "Time in which a connection must be made.");
    private static final Setting<Boolean> DEAD_LETTERS = Setting.flag(
            "RABBIT_DEAD_LETTERS",
            true,
            "Whether messages that cannot be read are sent to the queue <queue>.dlq. When false they are "
                    + "only logged and counted.");

    static List<Setting<?>> settings() {
        return List.of(
                ENABLED,
                ADDRESSES,
                URI,
                USER,
                PASSWORD,
                VIRTUAL_HOST,
                QUEUE,
                CONCURRENCY,
                PREFETCH,
                USE_SSL,
                CONNECTION_TIMEOUT,
                DEAD_LETTERS);
    }

    static RabbitMqSettings from(SettingsReader reader) {
        settings().forEach(reader::find); // those that only the adapter uses are checked too
        return new RabbitMqSettings(reader.get(ENABLED), place(reader), reader.get(QUEUE));
    }

    /**
     * A wrong address is refused here, too: where the adapter finds it, WildFly ends its whole
     * boot.
     */
    private static String place(SettingsReader reader) {
        String uri = reader.get(URI);
        if (!uri.isEmpty()) {
            return placeOf(uri, reader);
        }
        String addresses = reader.get(ADDRESSES);
        if (!addresses.isEmpty() && !ADDRESS_LIST.matcher(addresses).matches()) {
            reader.refuse("RABBIT_ADDRESSES", addresses, "host:port, comma separated");
        }
        return addresses;
    }

    private static String placeOf(String uri, SettingsReader reader) {
        try {
            java.net.URI parsed = new java.net.URI(uri).parseServerAuthority();
            String scheme = parsed.getScheme();
            if (parsed.getHost() != null && ("amqp".equals(scheme) || "amqps".equals(scheme))) {
                return parsed.getPort() < 0 ? parsed.getHost() : parsed.getHost() + ":" + parsed.getPort();
            }
        } catch (URISyntaxException e) {
            // Told below, without the text, which holds a password.
        }
        reader.refuse("RABBIT_URI", uri, "amqp://user:password@host:port/virtual-host, or amqps://");
        return "";
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
