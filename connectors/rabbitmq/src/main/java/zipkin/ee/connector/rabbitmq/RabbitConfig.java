package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import zipkin.ee.connector.BrokerAddresses;
import zipkin.ee.connector.BrokerAddresses.HostAndPort;
import zipkin.ee.connector.Property;

/**
 * The checked properties of an activation, for one of its queues. Uses no class of RabbitMQ's
 * client. Its text holds no secret.
 *
 * @param brokers where to connect when {@code uri} is empty
 * @param uri amqp:// or amqps://, with credentials in it, or empty; takes precedence over
 *     {@code brokers}, {@code credentials} and {@code virtualHost}
 * @param place {@code host:port} of the brokers, comma separated, for the operator
 * @param otlp whether the queue holds OTLP
 */
record RabbitConfig(
        List<HostAndPort> brokers,
        String uri,
        String place,
        Credentials credentials,
        String virtualHost,
        String queue,
        boolean otlp,
        int concurrency,
        int prefetch,
        boolean tls,
        int connectionTimeoutMillis,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final int MAX_QUEUE_NAME = 200;

    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** Whether the transport is switched off or no broker is set. */
    static boolean isDormant(RabbitActivationSpec spec) throws InvalidPropertyException {
        return spec.isSwitchedOff(RabbitActivationSpec.ENABLED)
                || (spec.getAddresses().isEmpty() && Secrets.uri(spec).isEmpty());
    }

    /** One for each queue: the usual one, and that of OTLP where it is set. */
    static List<RabbitConfig> ofEachQueue(RabbitActivationSpec spec) throws InvalidPropertyException {
        RabbitConfig usual = of(spec);
        return spec.getOtlpQueue().isEmpty()
                ? List.of(usual)
                : List.of(usual, of(spec, "RABBIT_OTLP_QUEUE", spec.getOtlpQueue(), true));
    }

    static RabbitConfig of(RabbitActivationSpec spec) throws InvalidPropertyException {
        return of(spec, "RABBIT_QUEUE", spec.getQueue(), false);
    }

    private static RabbitConfig of(RabbitActivationSpec spec, String setting, String queue, boolean otlp)
            throws InvalidPropertyException {
        String uri = Secrets.uri(spec);
        boolean tls = Property.flag("RABBIT_USE_SSL", spec.getUseSsl());
        List<HostAndPort> brokers = uri.isEmpty() ? addresses(spec.getAddresses(), tls) : List.of();
        return new RabbitConfig(
                brokers,
                uri,
                uri.isEmpty() ? place(brokers) : placeOf(uri),
                new Credentials(spec.getUser(), Secrets.password(spec)),
                spec.getVirtualHost(),
                Property.read(setting, queue, "a name of at most 200 characters", RabbitConfig::checkedQueue),
                otlp,
                Property.number("RABBIT_CONCURRENCY", spec.getConcurrency(), 1, 1000),
                Property.number("RABBIT_PREFETCH", spec.getPrefetch(), 1, 65535),
                tls || uri.startsWith("amqps:"),
                millis(Property.duration("RABBIT_CONNECTION_TIMEOUT", spec.getConnectionTimeout())),
                Property.flag("RABBIT_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    @Override
    public String toString() {
        return "RabbitConfig{place=" + place + ", queue=" + queue + "}";
    }

    /** The queue for dead letters. */
    String deadLetterQueue() {
        return queue + ".dlq";
    }

    /** The settings to correct when the broker refuses the user. */
    String credentialSettings() {
        return uri.isEmpty() ? "RABBIT_USER and RABBIT_PASSWORD" : "the user and the password in RABBIT_URI";
    }

    String virtualHostSetting() {
        return uri.isEmpty() ? "RABBIT_VIRTUAL_HOST" : "the virtual host in RABBIT_URI";
    }

    /** A name takes at most 255 bytes, and that of the dead letter queue is longer. */
    private static String checkedQueue(String name) {
        if (name.length() > MAX_QUEUE_NAME) {
            throw new IllegalArgumentException("too long");
        }
        return name;
    }

    private static List<HostAndPort> addresses(String text, boolean tls) throws InvalidPropertyException {
        int defaultPort = tls ? TLS_PORT : PORT;
        return Property.read(
                "RABBIT_ADDRESSES", text, BrokerAddresses.HOSTS, hosts -> BrokerAddresses.hosts(hosts, defaultPort));
    }

    /** The client counts a timeout in milliseconds, and takes 0 for none. */
    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    private static String place(List<HostAndPort> brokers) {
        return brokers.stream().map(HostAndPort::toString).collect(Collectors.joining(","));
    }

    private static String placeOf(String text) throws InvalidPropertyException {
        URI uri;
        try {
            uri = BrokerAddresses.amqp(text);
        } catch (IllegalArgumentException e) {
            throw wrongUri();
        }
        int defaultPort = uri.getScheme().equals("amqps") ? TLS_PORT : PORT;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? defaultPort : uri.getPort());
    }

    /** The error has neither the text nor its cause, which hold a password. */
    static InvalidPropertyException wrongUri() {
        return new InvalidPropertyException(
                "RABBIT_URI: must be amqp://user:password@host:port/virtual-host, or amqps://, with "
                        + "special characters as %40 (@), %3A (:), %2F (/)");
    }
}
