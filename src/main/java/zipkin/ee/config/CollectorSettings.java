package zipkin.ee.config;

import java.util.List;

/**
 * The way from a transport to the storage.
 *
 * @param sampleRate share of traces kept, 0 to 1
 * @param queueSize messages that may wait for a storage that blocks
 * @param concurrency messages being stored at the same time
 */
public record CollectorSettings(double sampleRate, int queueSize, int concurrency) {
    private static final Setting<Double> SAMPLE_RATE = Setting.decimal(
            "COLLECTOR_SAMPLE_RATE",
            1.0,
            0.0,
            1.0,
            "Share of traces to keep. Spans with the debug flag are always kept.");
    private static final Setting<Integer> QUEUE_SIZE = Setting.integer(
            "COLLECTOR_QUEUE_SIZE",
            1000,
            1,
            1_000_000,
            "Messages that may wait for the storage. When it is full, HTTP clients are answered 503 with Retry-After.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
            "COLLECTOR_CONCURRENCY",
            8,
            1,
            1000,
            "Messages that are being stored at the same time, by as many threads.");

    static List<Setting<?>> settings() {
        return List.of(SAMPLE_RATE, QUEUE_SIZE, CONCURRENCY);
    }

    static CollectorSettings from(SettingsReader reader) {
        return new CollectorSettings(reader.get(SAMPLE_RATE), reader.get(QUEUE_SIZE), reader.get(CONCURRENCY));
    }
}
