package zipkin.ee.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Spans from ActiveMQ Classic by its own resource adapter, which server-config/wildfly/activemq.cli
 * installs. The adapter gets the same names by expressions; here they are checked and shown.
 *
 * @param enabled whether the bean's delivery is active at the start
 * @param url of the broker; empty for none
 * @param queue its name in the broker
 * @param concurrency messages taken at the same time
 * @param installed whether the script was run, which sets the adapter's name
 */
public record ActiveMqSettings(boolean enabled, String url, String queue, int concurrency, boolean installed) {
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@?,()]*@");
    private static final Pattern OPTIONS = Pattern.compile("\\?[^,()]*");

    /** What the adapter takes when it is installed without an address. */
    private static final String LOCAL_BROKER = "tcp://localhost:61616";

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_ACTIVEMQ_ENABLED",
            true,
            "Whether spans are taken from ActiveMQ when activemq.cli was run. Switched at run time by "
                    + "stop-delivery and start-delivery.");
    private static final Setting<String> URL = Setting.text(
            "ACTIVEMQ_URL",
            "",
            "ActiveMQ Classic: tcp://host:61616 or failover:(…). Needs activemq.cli. Unset: none, and "
                    + "tcp://localhost:61616 once that was run.");
    private static final Setting<String> QUEUE = Setting.text("ACTIVEMQ_QUEUE", "zipkin", "Queue that holds spans.");
    private static final Setting<Integer> CONCURRENCY =
            Setting.integer("ACTIVEMQ_CONCURRENCY", 1, 1, 1000, "Messages of it that are taken at the same time.");
    private static final Setting<String> USERNAME =
            Setting.text("ACTIVEMQ_USERNAME", "", "User there. Unset: the word none is sent.");
    private static final Setting<String> PASSWORD =
            Setting.text("ACTIVEMQ_PASSWORD", "", "Password there. Unset: the word none is sent.");
    private static final Setting<String> ADAPTER = Setting.text(
            "ZIPKIN_ACTIVEMQ_ADAPTER", "", "ActiveMQ's resource adapter in this server; set by activemq.cli.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, URL, QUEUE, CONCURRENCY, USERNAME, PASSWORD, ADAPTER);
    }

    static ActiveMqSettings from(SettingsReader reader) {
        reader.find(USERNAME); // these two are for the application server
        reader.find(PASSWORD);
        boolean installed = !reader.get(ADAPTER).isEmpty();
        return new ActiveMqSettings(
                reader.get(ENABLED),
                reader.get(URL, installed ? LOCAL_BROKER : ""),
                reader.get(QUEUE),
                reader.get(CONCURRENCY),
                installed);
    }

    /** Where spans come from, for the start-up screen; without what may be a secret in the URL. */
    public String place() {
        return "queue " + queue + " of " + broker() + ", "
                + (concurrency == 1 ? "1 message" : concurrency + " messages") + " at a time";
    }

    /** The URL without user, password and options. */
    public String broker() {
        return OPTIONS.matcher(CREDENTIALS.matcher(url).replaceAll("//")).replaceAll("");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
