package zipkin.ee.storage.forward;

import java.util.List;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=kafka-forwarder.
 *
 * @param bootstrapServers host:port comma separated; empty when not set
 * @param topic topic to send to
 * @param proto3 whether spans are sent as proto3 rather than JSON v2
 * @param maxMessageBytes size beyond which a list of spans is sent in parts
 */
public record KafkaForwarderSettings(String bootstrapServers, String topic, boolean proto3, int maxMessageBytes) {
    private static final String JSON = "JSON";
    private static final String PROTO3 = "PROTO3";
    private static final int MAX_MESSAGE = 500_000;
    private static final int LARGEST_MESSAGE = 10_000_000;

    private static final Setting<String> BROKERS = Setting.text(
            "KAFKA_FORWARDER_BOOTSTRAP_SERVERS",
            "",
            "Brokers to which STORAGE_TYPE=kafka-forwarder sends, host:port, comma separated. Required there.");
    private static final Setting<String> TOPIC =
            Setting.text("KAFKA_FORWARDER_TOPIC", "zipkin", "Topic to which spans are sent.");
    private static final Setting<String> ENCODING =
            Setting.choice("KAFKA_FORWARDER_ENCODING", List.of(PROTO3, JSON), "Encoding in which spans are sent.");
    private static final Setting<Integer> MAX = Setting.integer(
            "KAFKA_FORWARDER_MESSAGE_MAX_BYTES",
            MAX_MESSAGE,
            1000,
            LARGEST_MESSAGE,
            "Maximum size of one message in bytes, unless one span alone is larger. Brokers accept a million by "
                    + "default.");

    public static KafkaForwarderSettings from(SettingsReader reader) {
        return new KafkaForwarderSettings(
                reader.get(BROKERS), reader.get(TOPIC), reader.get(ENCODING).equals(PROTO3), reader.get(MAX));
    }

    /** @throws InvalidSettingsException without brokers */
    public void requireBrokers() {
        if (bootstrapServers.isEmpty()) {
            throw new InvalidSettingsException(List.of("KAFKA_FORWARDER_BOOTSTRAP_SERVERS: must be set for "
                    + "STORAGE_TYPE=kafka-forwarder, such as kafka:9092"));
        }
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
