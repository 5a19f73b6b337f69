package zipkin.ee.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConnectorState.State;
import zipkin.ee.connector.Outcome;

/** What one consumer reports to the operator. Runs on the loop's thread. */
final class SessionReport {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long JOINING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

    private final ConsumerSettings settings;
    private final ConnectorState state;
    private final int stream;
    private final BrokerWatch watch;
    private final long startNanos;
    private boolean joined;
    private long lookedNanos;
    private List<String> missing = List.of();

    SessionReport(ConsumerSettings settings, ConnectorState state, int stream, BrokerWatch watch, long nowNanos) {
        this.settings = settings;
        this.state = state;
        this.stream = stream;
        this.watch = watch;
        this.startNanos = nowNanos;
        this.lookedNanos = nowNanos - LOOK_NANOS;
    }

    void delivered(List<Outcome> answers) {
        state.delivered(answers);
    }

    /**
     * Reports messages that could not be read, by the dead-letter topic that has received them; the
     * empty name is for messages that were skipped.
     */
    void unreadable(Map<String, List<String>> reasons) {
        reasons.forEach((topic, ofTopic) -> state.unreadable(
                topic.isEmpty() ? "is passed over, since KAFKA_DEAD_LETTERS=false" : "is in the topic " + topic,
                ofTopic));
    }

    /** The group has let this consumer in. */
    void joined() {
        joined = true;
        lookedNanos -= LOOK_NANOS;
    }

    /**
     * @param waitingFor why messages have to come again; null when they do not
     * @param notCommitted why offsets cannot be committed; null when they can
     */
    void after(Consumer<?, ?> consumer, @Nullable String waitingFor, @Nullable String notCommitted, long nowNanos) {
        if (watch.silent(nowNanos)) {
            state.set(
                    stream,
                    State.CONNECTING,
                    "No broker of " + settings.bootstrapServers() + " answers. Tries again by itself.");
        } else if (waitingFor != null) {
            state.set(stream, State.WAITING, waitingFor);
        } else if (!joined) {
            joining(nowNanos);
        } else if (notCommitted != null) {
            state.set(
                    stream,
                    State.WAITING,
                    "Spans are stored, but their offsets cannot be committed to " + settings.bootstrapServers() + ": "
                            + notCommitted + ". Tries again by itself.");
        } else {
            state.set(stream, State.RUNNING, running(consumer, nowNanos));
        }
    }

    /**
     * Stays silent at first, when a failure is to be expected, so that the report about the
     * previous consumer stays visible.
     */
    private void joining(long nowNanos) {
        if (nowNanos - startNanos > JOINING_NANOS) {
            state.set(
                    stream,
                    State.CONNECTING,
                    settings.bootstrapServers()
                            + " answers, but has not let this consumer into group " + settings.groupId()
                            + " yet. Another member may be slow to give up partitions, or the listener "
                            + "wants another security.protocol.");
        }
    }

    private String running(Consumer<?, ?> consumer, long nowNanos) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (nowNanos - lookedNanos >= LOOK_NANOS) {
            lookedNanos = nowNanos;
            missing = missing(consumer, assigned);
        }
        String place =
                settings.place() + ", " + assigned.size() + (assigned.size() == 1 ? " partition" : " partitions");
        return missing.isEmpty()
                ? place
                : place + ". There is no topic " + String.join(",", missing) + " yet; looked for every 30 s.";
    }

    /** Asked only about topics of which this consumer has no partition. */
    private List<String> missing(Consumer<?, ?> consumer, Set<TopicPartition> assigned) {
        Set<String> present = assigned.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return settings.allTopics().stream()
                .filter(topic -> !present.contains(topic))
                .filter(topic -> isMissing(consumer, topic))
                .toList();
    }

    private static boolean isMissing(Consumer<?, ?> consumer, String topic) {
        try {
            return consumer.partitionsFor(topic, LOOK_LIMIT).isEmpty();
        } catch (TimeoutException e) {
            return false; // not known
        }
    }
}
