package zipkin.ee.transport.messaging;

import java.util.List;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from Kafka. The adapter gets the same texts by expressions in WEB-INF/jboss-ejb3.xml; here
 * they are checked and shown.
 *
 * @param enabled whether messages are taken from the start
 * @param bootstrapServers empty for none: the adapter is dormant
 * @param topic one or several, comma separated
 * @param otlpTopics further ones, which hold OTLP
 * @param streams consumers
 * @param deadLetters whether malformed messages are sent to {@code <topic>.dlt}
 */
public record KafkaSettings(
        boolean enabled,
        String bootstrapServers,
        String topic,
        List<String> otlpTopics,
        String groupId,
        int streams,
        boolean deadLetters) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_KAFKA_ENABLED",
            true,
            "Whether spans are taken from Kafka when KAFKA_BOOTSTRAP_SERVERS is set. Stopped and started at run "
                    + "time by stop-delivery and start-delivery.");
    private static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "KAFKA_BOOTSTRAP_SERVERS", "", "Kafka brokers, host:port, comma separated. Unset: no spans from Kafka.");
    private static final Setting<String> TOPIC = Setting.text(
            "KAFKA_TOPIC",
            "zipkin",
            ".*[^,\\s].*",
            "at least one topic",
            "Topic that holds spans, or several, comma separated.");
    private static final Setting<List<String>> OTLP_TOPIC = Setting.list(
            "KAFKA_OTLP_TOPIC",
            "",
            "Topic that holds OTLP in protobuf or JSON, or several, comma separated. Read in addition to KAFKA_TOPIC.");
    private static final Setting<String> GROUP_ID =
            Setting.text("KAFKA_GROUP_ID", "zipkin", "Consumer group. Servers of the same group share the partitions.");
    private static final Setting<Integer> STREAMS =
            Setting.integer("KAFKA_STREAMS", 1, 1, 1000, "Consumers of this server, each with its own thread.");
    private static final Setting<Boolean> DEAD_LETTERS = Setting.flag(
            "KAFKA_DEAD_LETTERS",
            true,
            "Whether messages that cannot be read are sent to the topic <topic>.dlt. When false they are "
                    + "only logged and counted.");

    public static KafkaSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String bootstrapServers = reader.get(BOOTSTRAP_SERVERS);
        String topic = reader.get(TOPIC);
        List<String> otlpTopics = reader.get(OTLP_TOPIC);
        otlpTopics.stream()
                .filter(SettingText.list(topic)::contains)
                .forEach(shared -> reader.refuseShared(OTLP_TOPIC, shared, TOPIC));
        return new KafkaSettings(
                enabled,
                bootstrapServers,
                topic,
                otlpTopics,
                reader.get(GROUP_ID),
                reader.get(STREAMS),
                reader.get(DEAD_LETTERS));
    }

    /** Where spans come from, for the start-up screen. */
    public String place() {
        return "topic " + topic + (otlpTopics.isEmpty() ? "" : " and OTLP in " + String.join(",", otlpTopics)) + " of "
                + bootstrapServers + ", group " + groupId + ", "
                + (streams == 1 ? "1 consumer" : streams + " consumers");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
