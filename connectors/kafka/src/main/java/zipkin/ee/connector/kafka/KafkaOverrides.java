package zipkin.ee.connector.kafka;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import zipkin.ee.connector.NamedProperties;

/**
 * Client properties that the administrator sets by Kafka's names. Those of consumers are the
 * reference's: the environment variable {@code ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_SASL_MECHANISM} and
 * the system property {@code zipkin.collector.kafka.overrides.sasl.mechanism}, which takes
 * precedence, both set {@code sasl.mechanism}. The text of this object has names only, since values
 * may be secrets.
 */
final class KafkaOverrides {
    private static final String OF_CONSUMERS = "zipkin.collector.kafka.overrides.";
    private static final String OF_FORWARDER = "zipkin.forwarder.kafka.overrides.";
    private static final Pattern SECRET = Pattern.compile("password|jaas|secret|\\.key$|keystore\\.key|certificate");
    /** Separates the words of a login module's options. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\"'=;]+");

    /** Words of every login module, which error messages may contain. */
    private static final Pattern HARMLESS = Pattern.compile(
            "required|requisite|sufficient|optional|username|password|true|false|[\\w.]+LoginModule|.{0,2}");

    private final Map<String, String> values;

    private KafkaOverrides(Map<String, String> values) {
        this.values = values;
    }

    /** The consumers' properties, from the environment and system properties of this process. */
    static KafkaOverrides ofProcess() {
        return of(System.getenv(), System.getProperties());
    }

    /**
     * The properties of the producer of STORAGE_TYPE=kafka-forwarder, whose names have
     * {@code forwarder} in place of {@code collector}.
     */
    static KafkaOverrides ofForwarder() {
        return of(System.getenv(), System.getProperties(), OF_FORWARDER);
    }

    static KafkaOverrides of(Map<String, String> environment, Properties properties) {
        return of(environment, properties, OF_CONSUMERS);
    }

    private static KafkaOverrides of(Map<String, String> environment, Properties properties, String prefix) {
        String variables = prefix.toUpperCase(Locale.ROOT).replace('.', '_');
        return new KafkaOverrides(
                NamedProperties.find(environment, variables, words -> words.replace('_', '.'), properties, prefix));
    }

    Map<String, String> values() {
        return values;
    }

    /**
     * The text without any part of a secret. Kafka's own error messages may quote a login module's
     * options.
     */
    String masked(String text) {
        String masked = text;
        for (String secret : secrets()) {
            masked = masked.replace(secret, "[hidden]");
        }
        return masked;
    }

    private Set<String> secrets() {
        Set<String> secrets = new HashSet<>();
        values.forEach((name, value) -> {
            if (SECRET.matcher(name).find()) {
                SEPARATORS
                        .splitAsStream(value)
                        .filter(word -> !HARMLESS.matcher(word).matches())
                        .forEach(secrets::add);
            }
        });
        return secrets;
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
