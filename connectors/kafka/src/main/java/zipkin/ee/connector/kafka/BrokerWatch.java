package zipkin.ee.connector.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Whether any broker answers, without asking: a consumer that sees one has answers several times a
 * second to its fetches, and every three seconds to its heartbeats, also while it is paused. The
 * client itself only goes on trying and throws nothing. Not thread safe.
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
