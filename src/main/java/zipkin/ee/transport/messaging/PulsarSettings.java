package zipkin.ee.transport.messaging;

import zipkin.ee.config.BrokerAddresses;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from Apache Pulsar. The adapter gets the same texts by expressions in
 * WEB-INF/jboss-ejb3.xml; here they are checked and shown.
 *
 * @param enabled whether messages are taken from the start
 * @param serviceUrl of the brokers; empty for none: the adapter is dormant
 * @param otlpTopic a further topic, which holds OTLP; empty for none
 * @param installed whether this server has the adapter
 */
public record PulsarSettings(
        boolean enabled,
        String serviceUrl,
        String topic,
        String otlpTopic,
        String subscription,
        int concurrency,
        boolean installed) {
    private static final String DEFAULT_NAMESPACE = "public/default/";

    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_PULSAR_ENABLED",
            true,
            "Whether spans are taken from Pulsar when PULSAR_SERVICE_URL is set. Stopped and started at run "
                    + "time by stop-delivery and start-delivery.");
    private static final Setting<String> SERVICE_URL = Setting.of(
            "PULSAR_SERVICE_URL",
            "",
            BrokerAddresses.PULSAR,
            "Pulsar's brokers, such as pulsar://host:6650. Unset: no spans from Pulsar.",
            BrokerAddresses::pulsar);
    private static final Setting<String> TOPIC = Setting.text("PULSAR_TOPIC", "zipkin", "Topic that holds spans.");
    private static final Setting<String> OTLP_TOPIC = Setting.text(
            "PULSAR_OTLP_TOPIC",
            "",
            "Topic that holds OTLP in protobuf or JSON. Read in addition to PULSAR_TOPIC. Unset: none.");
    private static final Setting<String> SUBSCRIPTION = Setting.text(
            "PULSAR_SUBSCRIPTION_NAME",
            "zipkin",
            "Shared subscription. Servers with the same one share the messages. A new subscription starts with "
                    + "the oldest message.");
    private static final Setting<Integer> CONCURRENCY =
            Setting.integer("PULSAR_CONCURRENCY", 1, 1, 1000, "Consumers of this server, each with its own thread.");
    private static final Setting<Boolean> DEAD_LETTERS = Setting.flag(
            "PULSAR_DEAD_LETTERS",
            true,
            "Whether messages that cannot be read are sent to the topic <topic>-<subscription>-DLQ. When "
                    + "false they are only logged and counted.");
    private static final Setting<String> ADAPTER = Setting.text(
                    "ZIPKIN_PULSAR_ADAPTER",
                    "",
                    "Pulsar's resource adapter in this server. Set by pulsar.cli and pulsar.sh.")
            .readByServer();

    public static PulsarSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String serviceUrl = reader.get(SERVICE_URL, "");
        String topic = reader.get(TOPIC);
        String otlpTopic = reader.get(OTLP_TOPIC);
        if (fullName(otlpTopic).equals(fullName(topic))) {
            reader.refuseShared(OTLP_TOPIC, otlpTopic, TOPIC);
        }
        String subscription = reader.get(SUBSCRIPTION);
        int concurrency = reader.get(CONCURRENCY);
        reader.check(DEAD_LETTERS);
        boolean installed = !reader.get(ADAPTER).isEmpty();
        return new PulsarSettings(enabled, serviceUrl, topic, otlpTopic, subscription, concurrency, installed);
    }

    /** The name that Pulsar completes: of a persistent topic, in the default namespace. */
    private static String fullName(String topic) {
        if (topic.contains("://")) {
            return topic;
        }
        return "persistent://" + (topic.contains("/") ? "" : DEFAULT_NAMESPACE) + topic;
    }

    /** Where spans come from, for the start-up screen. */
    public String place() {
        return "topic " + topic + (otlpTopic.isEmpty() ? "" : " and OTLP in " + otlpTopic) + " of " + serviceUrl
                + ", subscription " + subscription + ", "
                + (concurrency == 1 ? "1 consumer" : concurrency + " consumers");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
