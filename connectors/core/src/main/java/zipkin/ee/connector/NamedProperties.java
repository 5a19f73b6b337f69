package zipkin.ee.connector;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Properties of a broker's client that the administrator set by name, behind a prefix. */
public final class NamedProperties {
    private NamedProperties() {}

    /**
     * Those of the environment and of system properties, which win, without the prefix.
     *
     * @param variables prefix in the environment
     * @param name makes a property's name of what follows there, in lower case
     * @param prefix of system properties, which have the client's own names behind it
     */
    public static Map<String, String> find(
            Map<String, String> environment,
            String variables,
            UnaryOperator<String> name,
            Properties properties,
            String prefix) {
        Map<String, String> values = new TreeMap<>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(variables)) {
                values.put(name.apply(variable.substring(variables.length()).toLowerCase(Locale.ROOT)), value);
            }
        });
        for (String property : properties.stringPropertyNames()) {
            if (property.startsWith(prefix)) {
                values.put(property.substring(prefix.length()), properties.getProperty(property));
            }
        }
        return values;
    }
}
