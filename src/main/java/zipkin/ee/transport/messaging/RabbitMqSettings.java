package zipkin.ee.transport.messaging;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.BrokerAddresses;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from RabbitMQ. The adapter gets the same texts by expressions in WEB-INF/jboss-ejb3.xml;
 * here they are checked and shown. A wrong one that only the adapter finds ends WildFly's whole
 * boot.
 *
 * @param enabled whether messages are taken from the start
 * @param place host:port of the brokers, comma separated, without credentials; empty for none: the
 *     adapter is dormant
 * @param otlpQueue a further queue, which holds OTLP; empty for none
 */
public record RabbitMqSettings(boolean enabled, String place, String queue, String otlpQueue) {
    private static final int DEFAULT_PORT = 5672;

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_RABBITMQ_ENABLED",
            true,
            "Whether spans are taken from RabbitMQ when RABBIT_ADDRESSES or RABBIT_URI is set. Stopped and "
                    + "started at run time by stop-delivery and start-delivery.");
    private static final Setting<String> ADDRESSES = Setting.of(
            "RABBIT_ADDRESSES",
            "",
            BrokerAddresses.HOSTS,
            "RabbitMQ brokers, host:port, comma separated. Unset: no spans from RabbitMQ.",
            RabbitMqSettings::checkedHosts);
    private static final Setting<URI> BROKER_URI = Setting.of(
            "RABBIT_URI",
            "",
            "amqp://user:password@host:port/virtual-host, or amqps://",
            "amqp:// or amqps:// URI. Takes precedence over addresses, credentials and virtual host.",
            BrokerAddresses::amqp);
    private static final Setting<String> USER = Setting.text("RABBIT_USER", "guest", "User of RabbitMQ.");
    private static final Setting<String> PASSWORD = Setting.text("RABBIT_PASSWORD", "guest", "The user's password.");
    private static final Setting<String> VIRTUAL_HOST = Setting.text("RABBIT_VIRTUAL_HOST", "/", "Virtual host.");
    private static final Setting<String> QUEUE =
            queue("RABBIT_QUEUE", "zipkin", "Queue that holds spans. Declared durable when it does not exist.");
    private static final Setting<String> OTLP_QUEUE = queue(
            "RABBIT_OTLP_QUEUE",
            "",
            "Queue that holds OTLP in protobuf or JSON. Read in addition to RABBIT_QUEUE, and declared like it. "
                    + "Unset: none.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
            "RABBIT_CONCURRENCY", 1, 1, 1000, "Consumers of this server, each with its own channel and thread.");
    private static final Setting<Integer> PREFETCH = Setting.integer(
            "RABBIT_PREFETCH",
            500,
            1,
            65535,
            "Messages that each consumer may hold unacknowledged. Limits the memory that waiting messages take.");
    private static final Setting<Boolean> USE_SSL = Setting.flag(
            "RABBIT_USE_SSL",
            false,
            "Whether connections use TLS, with the broker's certificate and host name checked against the JVM's "
                    + "trust store.");
    private static final Setting<Duration> CONNECTION_TIMEOUT =
            Setting.duration("RABBIT_CONNECTION_TIMEOUT", "60000", "How long connecting may take.");
    private static final Setting<Boolean> DEAD_LETTERS = Setting.flag(
            "RABBIT_DEAD_LETTERS",
            true,
            "Whether messages that cannot be read are sent to the queue <queue>.dlq. When false they are "
                    + "only logged and counted.");

    private static Setting<String> queue(String name, String defaultText, String description) {
        return Setting.text(name, defaultText, ".{1,200}", "a name of at most 200 characters", description);
    }

    public static RabbitMqSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String addresses = reader.get(ADDRESSES, "");
        URI uri = reader.find(BROKER_URI);
        reader.check(USER, PASSWORD, VIRTUAL_HOST);
        String queue = reader.get(QUEUE);
        String otlpQueue = reader.get(OTLP_QUEUE);
        if (otlpQueue.equals(queue)) {
            reader.refuseShared(OTLP_QUEUE, otlpQueue, QUEUE);
        }
        reader.check(CONCURRENCY, PREFETCH, USE_SSL, CONNECTION_TIMEOUT, DEAD_LETTERS);
        return new RabbitMqSettings(enabled, place(addresses, uri), queue, otlpQueue);
    }

    private static String place(String addresses, @Nullable URI uri) {
        if (uri == null) {
            return addresses;
        }
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Where spans come from, for the start-up screen. */
    public String queues() {
        return "queue " + queue + (otlpQueue.isEmpty() ? "" : " and OTLP in " + otlpQueue);
    }

    private static String checkedHosts(String text) {
        BrokerAddresses.hosts(text, DEFAULT_PORT);
        return text;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
