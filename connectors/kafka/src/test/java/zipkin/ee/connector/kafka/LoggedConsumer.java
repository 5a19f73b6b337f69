package zipkin.ee.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's mock, made to keep its records, so that going back reads them again, and to fail where a
 * test wants it.
 */
final class LoggedConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
    private final Queue<RuntimeException> commitFailures = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> beforePolls = new ConcurrentLinkedQueue<>();
    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final Map<TopicPartition, Long> committed =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    private final Consumer<String> events;
    private volatile int polls;

    LoggedConsumer(Consumer<String> events) {
        super(OffsetResetStrategy.EARLIEST);
        this.events = events;
    }

    /** Takes partitions in the next poll, from their beginning or from what was committed. */
    void assign(TopicPartition... partitions) {
        beforePolls.add(() -> move(List.of(partitions)));
    }

    /** What the group does within a poll, with the callbacks of a real consumer. */
    private void move(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        partitions.forEach(partition -> beginnings.put(partition, 0L));
        updateBeginningOffsets(beginnings);
        rebalance(partitions);
    }

    /** Runs on the loop's thread within the next poll. */
    void inNextPoll(Runnable task) {
        beforePolls.add(task);
    }

    /** The next commit throws. */
    void failCommit(RuntimeException failure) {
        commitFailures.add(failure);
    }

    /** How many polls there were. */
    int polls() {
        return polls;
    }

    /** How far a partition is committed; 0 when it is not. */
    long committedOffset(TopicPartition partition) {
        synchronized (committed) {
            return committed.getOrDefault(partition, 0L);
        }
    }

    void metric(Metric metric) {
        metrics.put(metric.metricName(), metric);
    }

    /** Puts a message at the end of a partition. */
    void append(TopicPartition partition, byte @Nullable [] value) {
        synchronized (log) {
            List<ConsumerRecord<byte[], byte[]>> records = log.computeIfAbsent(partition, p -> new ArrayList<>());
            records.add(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    records.size(),
                    1_700_000_000_000L,
                    TimestampType.CREATE_TIME,
                    3,
                    value == null ? -1 : value.length,
                    "key".getBytes(UTF_8),
                    value,
                    new RecordHeaders().add("b3", new byte[] {'0'}),
                    Optional.empty()));
        }
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        polls++;
        for (int tasks = beforePolls.size(); tasks > 0; tasks--) {
            beforePolls.remove().run();
        }
        boolean any = false;
        synchronized (log) {
            for (TopicPartition partition : assignment()) {
                if (paused().contains(partition)) {
                    continue;
                }
                for (ConsumerRecord<byte[], byte[]> record : log.getOrDefault(partition, List.of())) {
                    if (record.offset() >= position(partition)) {
                        addRecord(record);
                        any = true;
                    }
                }
            }
        }
        if (!any) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return super.poll(Duration.ZERO);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        RuntimeException failure = commitFailures.poll();
        if (failure != null) {
            events.accept("commit fails");
            throw failure;
        }
        super.commitSync(offsets, timeout);
        synchronized (committed) {
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            events.accept("commit " + committed);
        }
    }

    /** A real one gives its partitions back, and so runs the callback. */
    @Override
    public synchronized void close(Duration timeout) {
        super.close(timeout);
        events.accept("close");
    }

    @Override
    public synchronized Map<MetricName, ? extends Metric> metrics() {
        return metrics;
    }
}
