package zipkin.ee.transport.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.collect.DiscardedRequests;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.fault.RecordedLog;

class DiscardedSignalsTest {
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it overflows
    private final DiscardedRequests requests = new DiscardedRequests();
    private final RecordedLog log = new RecordedLog();
    private final DiscardedSignals discarded = of(OtlpSettings.Logs.EVENTS);

    private DiscardedSignals of(OtlpSettings.Logs logs) {
        return new DiscardedSignals(requests, logs, log, nanoTime::get);
    }

    @Test
    void requests_ofADay_areCountedBySignal_andLoggedOnceEach() {
        discarded.count(Signal.METRICS);
        nanoTime.addAndGet(DAY - 1);
        discarded.count(Signal.METRICS);
        discarded.count(Signal.LOGS);

        assertThat(requests.bySignal())
                .hasEntrySatisfying("metrics", count -> assertThat(count.sum()).isEqualTo(2))
                .hasEntrySatisfying("logs", count -> assertThat(count.sum()).isEqualTo(1));
        assertThat(log.lines())
                .containsExactly(
                        "INFO Clients send OTLP metrics, which are accepted and discarded. COLLECTOR_OTLP_DISCARD=none"
                                + " refuses them; OTEL_METRICS_EXPORTER=none at a client stops them.",
                        "INFO Clients send OTLP logs, which are accepted and discarded, except for events of spans."
                                + " COLLECTOR_OTLP_DISCARD=none refuses them; OTEL_LOGS_EXPORTER=none at a client"
                                + " stops them.");
    }

    @ParameterizedTest
    @CsvSource({
        "CORRELATED, 'discarded, except for those of spans. COLLECTOR_OTLP_DISCARD=none refuses them'",
        "NONE, discarded. COLLECTOR_OTLP_DISCARD=none refuses them"
    })
    void line_aboutLogs_saysWhichAreKept(OtlpSettings.Logs logs, String expected) {
        of(logs).count(Signal.LOGS);

        assertThat(log.lines()).singleElement().asString().contains(expected);
    }

    @Test
    void requests_ofTheNextDay_areLoggedAgain() {
        discarded.count(Signal.METRICS);
        nanoTime.addAndGet(DAY);
        discarded.count(Signal.METRICS);

        assertThat(log.lines()).hasSize(2);
    }
}
