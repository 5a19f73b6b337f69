package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpSettingsTest {
    @Test
    void defaults_takeTracesAndDiscardTheOthers() {
        assertThat(read(Map.of()).otlp())
                .isEqualTo(
                        new OtlpSettings(true, "", List.of("*"), true, false, List.of("logs", "metrics"), List.of()));
    }

    @Test
    void nameOfZipkinOtel_switchesItOff() {
        assertThat(read(Map.of("COLLECTOR_OTEL_HTTP_ENABLED", "false")).takesOtlp())
                .isFalse();
    }

    @Test
    void httpIntake_isNeeded() {
        assertThat(read(Map.of()).takesOtlp()).isTrue();
        assertThat(read(Map.of("COLLECTOR_HTTP_ENABLED", "false")).takesOtlp()).isFalse();
    }

    @Test
    void discard_isAnyOfTheSignalsOrNone() {
        assertThat(discarded("none")).isEmpty();
        assertThat(discarded(" Metrics ,")).containsExactly("metrics");
        assertThatThrownBy(() -> discarded("traces"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("COLLECTOR_OTLP_DISCARD=traces: must be logs, metrics, both, or none");
    }

    private static List<String> discarded(String text) {
        return read(Map.of("COLLECTOR_OTLP_DISCARD", text)).otlp().discarded();
    }

    private static ZipkinSettings read(Map<String, String> texts) {
        return ZipkinSettings.read(texts::get);
    }
}
