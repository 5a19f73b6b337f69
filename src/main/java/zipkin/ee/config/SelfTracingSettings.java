package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * Spans of this server's own requests.
 *
 * @param enabled whether requests are traced
 * @param sampleRate share of traces, 0 to 1; other than 1 it stands instead of
 *     {@code tracesPerSecond}
 * @param tracesPerSecond most traces that are begun in a second; 0 for no bound
 * @param flushInterval after which finished spans are stored
 */
public record SelfTracingSettings(boolean enabled, double sampleRate, int tracesPerSecond, Duration flushInterval) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "SELF_TRACING_ENABLED",
            false,
            "Whether this server's own requests are traced, as spans of the service zipkin-server.");
    private static final Setting<Double> SAMPLE_RATE = Setting.decimal(
            "SELF_TRACING_SAMPLE_RATE",
            1.0,
            0.0,
            1.0,
            "Share of its own traces to keep. Other than 1, SELF_TRACING_TRACES_PER_SECOND has no effect.");
    private static final Setting<Integer> TRACES_PER_SECOND = Setting.integer(
            "SELF_TRACING_TRACES_PER_SECOND", 1, 0, 1_000_000, "Most traces of its own in a second; 0 for no bound.");
    private static final Setting<Integer> FLUSH_INTERVAL =
            Setting.integer("SELF_TRACING_FLUSH_INTERVAL", 1, 1, 3600, "Seconds after which its own spans are stored.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, SAMPLE_RATE, TRACES_PER_SECOND, FLUSH_INTERVAL);
    }

    static SelfTracingSettings from(SettingsReader reader) {
        return new SelfTracingSettings(
                reader.get(ENABLED),
                reader.get(SAMPLE_RATE),
                reader.get(TRACES_PER_SECOND),
                Duration.ofSeconds(reader.get(FLUSH_INTERVAL)));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
