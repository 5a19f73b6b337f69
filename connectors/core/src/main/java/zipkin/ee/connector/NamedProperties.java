package zipkin.ee.connector;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Properties of a broker's client that the administrator sets by a prefix and their names. */
public final class NamedProperties {
    private NamedProperties() {}

    /**
     * Finds the properties and removes the prefix. System properties take precedence over the
     * environment.
     *
     * @param variables prefix of environment variables
     * @param name turns the rest of a variable's name, in lower case, into the client's name
     * @param prefix prefix of system properties, which the client's name follows
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
