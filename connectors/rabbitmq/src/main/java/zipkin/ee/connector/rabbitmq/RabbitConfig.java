package zipkin.ee.connector.rabbitmq;

import jakarta.resource.spi.InvalidPropertyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zipkin.ee.connector.Property;
import zipkin.ee.connector.SecretMask;

/**
 * The activation's properties, checked. Needs no class of RabbitMQ's client. Its text holds no
 * secret.
 *
 * @param brokers where to connect when {@code uri} is empty
 * @param uri amqp:// or amqps://, with credentials in it, or empty; wins over {@code brokers},
 *     {@code credentials} and {@code virtualHost}
 * @param place {@code host:port} of the brokers, comma separated, for the operator
 */
record RabbitConfig(
        List<Broker> brokers,
        String uri,
        String place,
        Credentials credentials,
        String virtualHost,
        String queue,
        int concurrency,
        int prefetch,
        boolean tls,
        int connectionTimeoutMillis,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/@\\s]+)(?::(\\d{1,5}))?");

    record Broker(String host, int port) {}

    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** Whether the administrator gave no broker. */
    static boolean isDormant(RabbitActivationSpec spec) {
        return spec.isSwitchedOff()
                || (spec.getAddresses().isBlank() && Secrets.uri(spec).isEmpty());
    }

    static RabbitConfig of(RabbitActivationSpec spec) throws InvalidPropertyException {
        String uri = Secrets.uri(spec);
        boolean tls = Property.flag("RABBIT_USE_SSL", spec.getUseSsl());
        List<Broker> brokers = uri.isEmpty() ? addresses(spec.getAddresses(), tls) : List.of();
        String queue = spec.getQueue().trim();
        if (queue.isEmpty()
                || queue.length() > 200) { // a name is 255 bytes at most, and the one of dead letters is longer
            throw new InvalidPropertyException("RABBIT_QUEUE=" + SecretMask.value("RABBIT_QUEUE", queue)
                    + ": must be a name of at most 200 characters");
        }
        return new RabbitConfig(
                brokers,
                uri,
                uri.isEmpty() ? place(brokers) : placeOf(uri),
                new Credentials(spec.getUser(), Secrets.password(spec)),
                spec.getVirtualHost(),
                queue,
                Property.number("RABBIT_CONCURRENCY", spec.getConcurrency(), 1, 1000),
                Property.number("RABBIT_PREFETCH", spec.getPrefetch(), 1, 65535),
                tls || uri.startsWith("amqps:"),
                Property.number("RABBIT_CONNECTION_TIMEOUT", spec.getConnectionTimeout(), 1, Integer.MAX_VALUE),
                Property.flag("RABBIT_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    @Override
    public String toString() {
        return "RabbitConfig{place=" + place + ", queue=" + queue + "}";
    }

    /** Where messages go that can't be read. */
    String deadLetterQueue() {
        return queue + ".dlq";
    }

    /** The settings an operator corrects when the broker refuses him. */
    String credentialSettings() {
        return uri.isEmpty() ? "RABBIT_USER and RABBIT_PASSWORD" : "the user and the password in RABBIT_URI";
    }

    String virtualHostSetting() {
        return uri.isEmpty() ? "RABBIT_VIRTUAL_HOST" : "the virtual host in RABBIT_URI";
    }

    private static List<Broker> addresses(String text, boolean tls) throws InvalidPropertyException {
        List<Broker> brokers = new ArrayList<>();
        for (String address : text.split(",", -1)) {
            Matcher matcher = ADDRESS.matcher(address.trim());
            if (!matcher.matches()) {
                throw new InvalidPropertyException("RABBIT_ADDRESSES=" + SecretMask.value("RABBIT_ADDRESSES", text)
                        + ": must be host:port, comma separated");
            }
            String port = matcher.group(2);
            int standard = tls ? TLS_PORT : PORT;
            brokers.add(new Broker(
                    matcher.group(1), port == null ? standard : Property.number("RABBIT_ADDRESSES", port, 1, 65535)));
        }
        return brokers;
    }

    private static String place(List<Broker> brokers) {
        return String.join(
                ",",
                brokers.stream()
                        .map(broker -> broker.host() + ":" + broker.port())
                        .toList());
    }

    /**
     * What is wrong is told without the text, which holds a password; so is the cause, whose
     * message repeats it.
     */
    private static String placeOf(String uri) throws InvalidPropertyException {
        try {
            URI parsed = new URI(uri).parseServerAuthority();
            if (parsed.getHost() != null && List.of("amqp", "amqps").contains(parsed.getScheme())) {
                int standard = parsed.getScheme().equals("amqps") ? TLS_PORT : PORT;
                return parsed.getHost() + ":" + (parsed.getPort() < 0 ? standard : parsed.getPort());
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw wrongUri();
    }

    static InvalidPropertyException wrongUri() {
        return new InvalidPropertyException(
                "RABBIT_URI: must be amqp://user:password@host:port/virtual-host, or amqps://, with "
                        + "special characters as %40 (@), %3A (:), %2F (/)");
    }
}
