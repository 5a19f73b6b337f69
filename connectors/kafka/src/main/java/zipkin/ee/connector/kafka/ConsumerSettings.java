package zipkin.ee.connector.kafka;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import zipkin.ee.connector.Property;
import zipkin.ee.connector.SettingText;

/**
 * The checked properties of an activation. Uses no class of Kafka's client.
 *
 * @param bootstrapServers empty for a dormant activation
 * @param topics at least one
 * @param otlpTopics further ones, which hold OTLP
 * @param streams consumers
 * @param deadLetters whether malformed messages go to {@code <topic>.dlt}
 * @param maxBackOff longest pause between tries
 */
record ConsumerSettings(
        String bootstrapServers,
        List<String> topics,
        List<String> otlpTopics,
        String groupId,
        int streams,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int MAX_STREAMS = 1000;

    static ConsumerSettings of(KafkaActivationSpec spec) throws InvalidPropertyException {
        return new ConsumerSettings(
                spec.getBootstrapServers(),
                Property.read("KAFKA_TOPIC", spec.getTopic(), "at least one topic", ConsumerSettings::topics),
                SettingText.list(spec.getOtlpTopic()),
                spec.getGroupId(),
                Property.number("KAFKA_STREAMS", spec.getStreams(), 1, MAX_STREAMS),
                Property.flag("KAFKA_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    private static List<String> topics(String text) {
        List<String> topics = SettingText.list(text).stream().distinct().toList();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("no topic");
        }
        return topics;
    }

    /** All topics that are consumed. */
    List<String> allTopics() {
        return Stream.concat(topics.stream(), otlpTopics.stream()).distinct().toList();
    }

    /** Where messages come from, for an operator. */
    String place() {
        return (topics.size() == 1 ? "topic " : "topics ") + String.join(",", topics)
                + (otlpTopics.isEmpty() ? "" : " and OTLP in " + String.join(",", otlpTopics)) + " of "
                + bootstrapServers + ", group " + groupId;
    }
}
