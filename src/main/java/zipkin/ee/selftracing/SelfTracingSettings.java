package zipkin.ee.selftracing;

import java.time.Duration;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans of this server's own requests.
 *
 * @param enabled whether requests are traced
 * @param sampleRate share of traces, 0 to 1; other than 1 it replaces {@code tracesPerSecond}
 * @param tracesPerSecond maximum number of traces that begin per second; 0 for no limit
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
            "Share of self-traced requests to keep. Other than 1, SELF_TRACING_TRACES_PER_SECOND has no effect.");
    private static final Setting<Integer> TRACES_PER_SECOND = Setting.integer(
            "SELF_TRACING_TRACES_PER_SECOND",
            1,
            0,
            1_000_000,
            "Maximum number of self-traced requests per second; 0 for no limit.");
    private static final Setting<Integer> FLUSH_INTERVAL = Setting.integer(
            "SELF_TRACING_FLUSH_INTERVAL", 1, 1, 3600, "Seconds after which self-tracing spans are stored.");

    public static SelfTracingSettings from(SettingsReader reader) {
        return new SelfTracingSettings(
                reader.get(ENABLED),
                reader.get(SAMPLE_RATE),
                reader.get(TRACES_PER_SECOND),
                Duration.ofSeconds(reader.get(FLUSH_INTERVAL)));
    }
}
