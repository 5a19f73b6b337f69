package zipkin.ee.connector.pulsar;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties of Pulsar's client and its consumers that the administrator set by name: the environment's {@code PULSAR_CLIENT_AUTH_PARAMS} and the reference's system property {@code
 * zipkin.collector.pulsar.client-props.authParams}, which wins, are both {@code authParams}. Prints names only, since values may be secrets.
 */
final class ClientOverrides {
    private static final String PROPERTIES = "zipkin.collector.pulsar.";
    private static final Pattern WORD = Pattern.compile("_([a-z0-9])");
    private static final Pattern SECRET = Pattern.compile("(?i)auth|password|token|secret");
    private static final int SHORTEST_SECRET = 3;

    private final Map<String, Object> client;
    private final Map<String, Object> consumer;

    private ClientOverrides(Map<String, Object> client, Map<String, Object> consumer) {
        this.client = client;
        this.consumer = consumer;
    }

    /** Those of this process. */
    static ClientOverrides ofProcess() {
        return of(System.getenv(), System.getProperties());
    }

    static ClientOverrides of(Map<String, String> environment, Properties properties) {
        return new ClientOverrides(
                named(environment, "PULSAR_CLIENT_", properties, PROPERTIES + "client-props."),
                named(environment, "PULSAR_CONSUMER_", properties, PROPERTIES + "consumer-props."));
    }

    private static Map<String, Object> named(
            Map<String, String> environment, String variables, Properties properties, String prefix) {
        Map<String, Object> values = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(variables)) {
                String words = name.substring(variables.length()).toLowerCase(Locale.ROOT);
                values.put(WORD.matcher(words).replaceAll(ClientOverrides::upper), value);
            }
        });
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), properties.getProperty(name));
            }
        }
        return values;
    }

    private static String upper(java.util.regex.MatchResult word) {
        return Matcher.quoteReplacement(word.group(1).toUpperCase(Locale.ROOT));
    }

    /** Of the client, by the names of its configuration. */
    Map<String, Object> client() {
        return client;
    }

    /** Of its consumers. */
    Map<String, Object> consumer() {
        return consumer;
    }

    /** The text without anything that is a secret. */
    String masked(String text) {
        String masked = text;
        for (Map.Entry<String, Object> entry : client.entrySet()) {
            String value = entry.getValue().toString();
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
