package zipkin.ee.connector.kafka;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import zipkin.ee.connector.Property;

/**
 * An activation's properties, checked. Knows nothing of Kafka's classes.
 *
 * @param bootstrapServers empty for a dormant activation
 * @param topics at least one
 * @param streams consumers
 * @param deadLetters whether malformed messages go to {@code <topic>.dlt}
 * @param maxBackOff longest pause between tries
 */
record ConsumerSettings(
        String bootstrapServers,
        List<String> topics,
        String groupId,
        int streams,
        boolean deadLetters,
        Duration maxBackOff) {
    private static final int MAX_STREAMS = 1000;

    static ConsumerSettings of(KafkaActivationSpec spec) throws InvalidPropertyException {
        List<String> topics = Arrays.stream(spec.getTopic().split(","))
                .map(String::trim)
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .toList();
        if (topics.isEmpty()) {
            throw new InvalidPropertyException("KAFKA_TOPIC=" + spec.getTopic() + ": must name a topic");
        }
        if (spec.getGroupId().isBlank()) {
            throw new InvalidPropertyException("KAFKA_GROUP_ID=" + spec.getGroupId() + ": must name a consumer group");
        }
        return new ConsumerSettings(
                spec.getBootstrapServers().trim(),
                topics,
                spec.getGroupId().trim(),
                Property.number("KAFKA_STREAMS", spec.getStreams(), 1, MAX_STREAMS),
                Property.flag("KAFKA_DEAD_LETTERS", spec.getDeadLetters()),
                Property.duration("COLLECTOR_MAX_BACKOFF", spec.getMaxBackOff()));
    }

    /** Where messages come from, for an operator. */
    String place() {
        return (topics.size() == 1 ? "topic " : "topics ") + String.join(",", topics) + " of " + bootstrapServers
                + ", group " + groupId;
    }
}
