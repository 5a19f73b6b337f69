package zipkin.ee.connector.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.Outcome;
import zipkin.ee.connector.Payload;

/**
 * Translates the outcomes of one poll into offsets. A partition has one committed offset, so the
 * first record that must be redelivered takes all later records of its partition with it. Records
 * behind it that were stored already are stored again, which changes nothing.
 */
final class PollResult {
    private static final byte[] EMPTY = {};

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Outcome> answers = new ArrayList<>();
    private final Map<String, List<String>> unreadable = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final Map<TopicPartition, Long> again = new HashMap<>();
    private @Nullable String reason;

    PollResult(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            records.addAll(polled.records(partition));
        }
    }

    /**
     * What is delivered, partition by partition; a record without a value is an empty message.
     *
     * @param otlpTopics topics that hold OTLP
     */
    List<Payload> messages(List<String> otlpTopics) {
        List<Payload> messages = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            messages.add(
                    new Payload(record.value() == null ? EMPTY : record.value(), otlpTopics.contains(record.topic())));
        }
        return messages;
    }

    /**
     * @param given an answer for each of {@link #messages}
     * @param deadLetters null for none: malformed messages are done
     */
    void settle(List<Outcome> given, @Nullable DeadLetters deadLetters) {
        answers.addAll(given);
        if (deadLetters != null) {
            send(deadLetters);
        } else {
            noteAll();
        }
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (again.containsKey(partition)) {
                continue;
            }
            if (answers.get(i) instanceof Outcome.TryLater later) {
                again.put(partition, record.offset());
                reason = reason == null ? later.reason() : reason;
            } else {
                done.put(partition, new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
            }
        }
    }

    /** Those behind a record that comes again come again too, and are sent then. */
    private void send(DeadLetters deadLetters) {
        Map<Integer, DeadLetters.Letter> letters = new LinkedHashMap<>();
        Set<TopicPartition> waiting = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (answers.get(i) instanceof Outcome.TryLater) {
                waiting.add(partition);
            } else if (answers.get(i) instanceof Outcome.Malformed malformed && !waiting.contains(partition)) {
                letters.put(i, new DeadLetters.Letter(record, malformed.reason()));
            }
        }
        Map<DeadLetters.Letter, Exception> failures = deadLetters.send(List.copyOf(letters.values()));
        letters.forEach((i, letter) -> {
            Exception failure = failures.get(letter);
            if (failure != null) {
                answers.set(i, new Outcome.TryLater(KafkaErrors.deadLetter(letter.topic(), failure)));
            } else {
                note(letter.topic(), letter.reason());
            }
        });
    }

    private void noteAll() {
        for (Outcome answer : answers) {
            if (answer instanceof Outcome.Malformed malformed) {
                note("", malformed.reason());
            }
        }
    }

    private void note(String topic, String why) {
        unreadable.computeIfAbsent(topic, name -> new ArrayList<>()).add(why);
    }

    /**
     * Reasons why messages could not be read, by the dead-letter topic that has received them; the
     * empty name is for messages that were skipped.
     */
    Map<String, List<String>> unreadable() {
        return unreadable;
    }

    /** What became of each message. */
    List<Outcome> answers() {
        return answers;
    }

    /** What to commit. */
    Map<TopicPartition, OffsetAndMetadata> done() {
        return done;
    }

    /** Where to go on in partitions with records that come again. */
    Map<TopicPartition, Long> again() {
        return again;
    }

    /** Why records come again; null when none do. */
    @Nullable
    String reason() {
        return reason;
    }
}
