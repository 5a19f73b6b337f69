package zipkin.ee.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.connector.kafka.LoopRig.P0;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ConnectorState;

class SessionReportTest {
    private static final ConsumerSettings SETTINGS = new ConsumerSettings(
            "broker:9092", List.of("zipkin", "legacy"), List.of(), "spans", 1, true, Duration.ofSeconds(30));

    private final ConnectorState state = ConnectorState.register("kafka", "not started");
    private final AtomicLong responses = new AtomicLong();
    private final LoggedConsumer consumer = new LoggedConsumer(event -> {});
    private long now;
    private SessionReport report;

    @BeforeEach
    void start() {
        consumer.metric(new KafkaMetric(
                new Object(),
                new MetricName("response-total", "consumer-metrics", "", Map.of()),
                (Measurable) (config, millis) -> responses.get(),
                new MetricConfig(),
                Time.SYSTEM));
        consumer.subscribe(SETTINGS.topics());
        report = new SessionReport(SETTINGS, state, 0, new BrokerWatch(consumer, now), now);
    }

    @AfterEach
    void stop() {
        state.close();
    }

    @Test
    void brokers_silentForTenSeconds_areSaidToBe() {
        responses.set(5);
        report.joined();
        after(0);
        assertThat(state.getState()).isEqualTo("RUNNING");
        after(9);
        assertThat(state.getState()).isEqualTo("RUNNING");
        after(2);
        assertThat(state.getState()).isEqualTo("CONNECTING");
        assertThat(state.getDetail()).isEqualTo("No broker of broker:9092 answers. Tries again by itself.");
        responses.set(6);
        after(1);
        assertThat(state.getState()).isEqualTo("RUNNING");
    }

    @Test
    void group_thatHasNotLetItIn_isShown() {
        responses.set(5);
        after(9);
        assertThat(state.getDetail()).isEqualTo("not started");
        responses.set(6);
        after(2);
        assertThat(state.getState()).isEqualTo("CONNECTING");
        assertThat(state.getDetail())
                .startsWith("broker:9092 answers, but has not let this consumer into group spans yet.");
    }

    @Test
    void topics_missing_areNamedAndLookedForAgain() {
        responses.set(5);
        report.joined();
        consumer.rebalance(List.of(P0));
        after(1);
        assertThat(state.getState()).isEqualTo("RUNNING");
        assertThat(state.getDetail())
                .isEqualTo(
                        "topics zipkin,legacy of broker:9092, group spans, 1 partition. There is no topic legacy yet;"
                                + " looked for every 30 s.");

        Node node = new Node(1, "broker", 9092);
        consumer.updatePartitions(
                "legacy", List.of(new PartitionInfo("legacy", 0, node, new Node[] {node}, new Node[] {node})));
        responses.set(6);
        after(9);
        assertThat(state.getDetail()).contains("no topic legacy");
        for (int i = 7; i < 12; i++) {
            responses.set(i);
            after(9);
        }
        assertThat(state.getDetail()).isEqualTo("topics zipkin,legacy of broker:9092, group spans, 1 partition");
    }

    private void after(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        report.after(consumer, null, null, now);
    }
}
