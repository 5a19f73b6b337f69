package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.ZipkinSettings;

class OtlpSettingsTest {
    @Test
    void defaults_takeTracesAndDiscardTheOthers() {
        assertThat(read(Map.of()).otlp())
                .isEqualTo(new OtlpSettings(
                        "",
                        "",
                        List.of("*"),
                        true,
                        false,
                        List.of("logs", "metrics"),
                        OtlpSettings.Logs.EVENTS,
                        List.of()));
    }

    @Test
    void nameOfZipkinOtel_switchesItOff() {
        assertThat(read(Map.of("COLLECTOR_OTEL_HTTP_ENABLED", "false")).otlp().enabled())
                .isFalse();
    }

    @Test
    void httpIntake_isNeeded() {
        assertThat(read(Map.of()).otlp().enabled()).isTrue();
        assertThat(read(Map.of("COLLECTOR_HTTP_ENABLED", "false")).otlp().enabled())
                .isFalse();
    }

    @Test
    void discard_isAnyOfTheSignalsOrNone() {
        assertThat(discarded("none")).isEmpty();
        assertThat(discarded(" Metrics ,")).containsExactly("metrics");
        assertThatThrownBy(() -> discarded("traces"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("COLLECTOR_OTLP_DISCARD=traces: must be logs, metrics, both, or none");
    }

    @Test
    void logs_areEventsCorrelatedOrNone() {
        assertThat(logs(Map.of("COLLECTOR_OTLP_LOGS", "correlated"))).isEqualTo(OtlpSettings.Logs.CORRELATED);
        assertThat(logs(Map.of("COLLECTOR_OTLP_LOGS", "NONE"))).isEqualTo(OtlpSettings.Logs.NONE);
        assertThat(logs(Map.of("COLLECTOR_OTLP_DISCARD", "none"))).isEqualTo(OtlpSettings.Logs.EVENTS);
        assertThatThrownBy(() -> logs(Map.of("COLLECTOR_OTLP_LOGS", "all")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("COLLECTOR_OTLP_LOGS=all: must be events or correlated or none");
    }

    @Test
    void correlatedLogs_needLogsToBeAccepted() {
        assertThatThrownBy(() -> logs(Map.of("COLLECTOR_OTLP_LOGS", "correlated", "COLLECTOR_OTLP_DISCARD", "metrics")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("COLLECTOR_OTLP_LOGS=correlated: must be events or none where"
                        + " COLLECTOR_OTLP_DISCARD does not have logs");
    }

    private static OtlpSettings.Logs logs(Map<String, String> texts) {
        return read(texts).otlp().logs();
    }

    private static List<String> discarded(String text) {
        return read(Map.of("COLLECTOR_OTLP_DISCARD", text)).otlp().discarded();
    }

    private static ZipkinSettings read(Map<String, String> texts) {
        return ZipkinSettings.read(texts::get);
    }
}
