package zipkin.ee.connector.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether any broker answers, without sending requests of its own. A consumer that is
 * connected receives answers to its fetches several times a second and to its heartbeats every
 * three seconds, even while it is paused. When no broker answers, the client keeps trying and
 * throws nothing. Not thread safe.
 */
final class BrokerWatch {
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable Metric answers;
    private double last;
    private long heardNanos;

    BrokerWatch(Consumer<?, ?> consumer, long nowNanos) {
        this.answers = answers(consumer.metrics());
        this.heardNanos = nowNanos;
    }

    private static @Nullable Metric answers(Map<MetricName, ? extends Metric> metrics) {
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
            MetricName name = metric.getKey();
            if (name.group().equals("consumer-metrics") && name.name().equals("response-total")) {
                return metric.getValue();
            }
        }
        return null;
    }

    /** Whether no broker has answered for ten seconds. */
    boolean silent(long nowNanos) {
        if (answers == null) {
            return false;
        }
        double total = ((Number) answers.metricValue()).doubleValue();
        if (total != last) {
            last = total;
            heardNanos = nowNanos;
        }
        return nowNanos - heardNanos > SILENCE_NANOS;
    }
}
