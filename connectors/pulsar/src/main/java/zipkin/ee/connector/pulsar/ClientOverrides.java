package zipkin.ee.connector.pulsar;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import zipkin.ee.connector.NamedProperties;

/**
 * Properties of Pulsar's client and consumers that the administrator sets by Pulsar's names: the
 * environment variable {@code PULSAR_CLIENT_AUTH_PARAMS} and the reference's system property
 * {@code zipkin.collector.pulsar.client-props.authParams}, which takes precedence, both set
 * {@code authParams}. The text of this object has names only, since values may be secrets.
 */
final class ClientOverrides {
    private static final String PROPERTIES = "zipkin.collector.pulsar.";
    private static final Pattern WORD = Pattern.compile("_([a-z0-9])");
    private static final Pattern SECRET = Pattern.compile("(?i)auth|password|token|secret");
    private static final int SHORTEST_SECRET = 3;

    private final Map<String, String> client;
    private final Map<String, String> consumer;

    private ClientOverrides(Map<String, String> client, Map<String, String> consumer) {
        this.client = client;
        this.consumer = consumer;
    }

    /** From the environment and the system properties of this process. */
    static ClientOverrides ofProcess() {
        return of(System.getenv(), System.getProperties());
    }

    static ClientOverrides of(Map<String, String> environment, Properties properties) {
        return new ClientOverrides(
                named(environment, "PULSAR_CLIENT_", properties, PROPERTIES + "client-props."),
                named(environment, "PULSAR_CONSUMER_", properties, PROPERTIES + "consumer-props."));
    }

    private static Map<String, String> named(
            Map<String, String> environment, String variables, Properties properties, String prefix) {
        return NamedProperties.find(
                environment,
                variables,
                words -> WORD.matcher(words).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)),
                properties,
                prefix);
    }

    /** Properties of the client. */
    Map<String, String> client() {
        return client;
    }

    /** Properties of consumers. */
    Map<String, String> consumer() {
        return consumer;
    }

    /** The text without secrets. */
    String masked(String text) {
        String masked = text;
        for (Map.Entry<String, String> entry : client.entrySet()) {
            String value = entry.getValue();
            if (SECRET.matcher(entry.getKey()).find()
                    && !entry.getKey().endsWith("ClassName")
                    && value.length() >= SHORTEST_SECRET) {
                masked = masked.replace(value, "[hidden]");
                masked = masked.replace(value.substring(value.indexOf(':') + 1), "[hidden]");
            }
        }
        return masked;
    }

    @Override
    public String toString() {
        return client.keySet() + " " + consumer.keySet();
    }
}
