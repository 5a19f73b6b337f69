package zipkin.ee.config;

import java.util.List;

/**
 * Spans from Apache Pulsar. The adapter gets the same names by expressions in
 * WEB-INF/jboss-ejb3.xml; here they are checked and shown.
 *
 * @param enabled whether the bean's delivery is active at the start
 * @param serviceUrl of the brokers; empty for none: the adapter is dormant
 * @param installed whether this server has the adapter
 */
public record PulsarSettings(
        boolean enabled, String serviceUrl, String topic, String subscription, int concurrency, boolean installed) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_PULSAR_ENABLED",
            true,
            "Whether spans are taken from Pulsar when PULSAR_SERVICE_URL is set. Switched at run time by "
                    + "stop-delivery and start-delivery.");
    private static final Setting<String> SERVICE_URL = Setting.text(
            "PULSAR_SERVICE_URL", "", "Pulsar's brokers, such as pulsar://host:6650. Unset: no spans from Pulsar.");
    private static final Setting<String> TOPIC = Setting.text("PULSAR_TOPIC", "zipkin", "Topic that holds spans.");
    private static final Setting<String> SUBSCRIPTION = Setting.text(
            "PULSAR_SUBSCRIPTION_NAME",
            "zipkin",
            "Shared subscription; servers with the same one share the messages. A new one starts with "
                    + "the oldest message.");
    private static final Setting<Integer> CONCURRENCY =
            Setting.integer("PULSAR_CONCURRENCY", 1, 1, 1000, "Consumers in this server, each with its thread.");
    private static final Setting<Boolean> DEAD_LETTERS = Setting.flag(
            "PULSAR_DEAD_LETTERS",
            true,
            "Whether messages that cannot be read are sent to the topic <topic>-<subscription>-DLQ. When "
                    + "false they are only logged and counted.");
    private static final Setting<String> ADAPTER = Setting.text(
            "ZIPKIN_PULSAR_ADAPTER", "", "Pulsar's resource adapter in this server; set by pulsar.cli and pulsar.sh.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, SERVICE_URL, TOPIC, SUBSCRIPTION, CONCURRENCY, DEAD_LETTERS, ADAPTER);
    }

    static PulsarSettings from(SettingsReader reader) {
        reader.get(DEAD_LETTERS); // only the adapter uses it, but it is checked here, too
        String url = reader.get(SERVICE_URL);
        if (!url.isEmpty() && !url.matches("(pulsar|pulsar\\+ssl|https?)://[^\\s@/]+/?")) {
            reader.refuse("PULSAR_SERVICE_URL", url, "like pulsar://host:6650");
        }
        return new PulsarSettings(
                reader.get(ENABLED),
                url,
                reader.get(TOPIC),
                reader.get(SUBSCRIPTION),
                reader.get(CONCURRENCY),
                !reader.get(ADAPTER).isEmpty());
    }

    /** Where spans come from, for the start-up screen. */
    public String place() {
        return "topic " + topic + " of " + serviceUrl + ", subscription " + subscription + ", "
                + (concurrency == 1 ? "1 consumer" : concurrency + " consumers");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
