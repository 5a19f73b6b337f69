package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * The way from a transport to the storage.
 *
 * @param sampleRate share of traces kept, 0 to 1
 * @param maxSpansPerSecond spans kept in a second, beside those with the debug flag; 0 for no bound
 * @param queueSize messages that may wait for a storage that blocks
 * @param concurrency messages being stored at the same time
 * @param messageTimeout time in which what a broker delivered must be stored; it is delivered again
 *     afterwards
 * @param maxBackOff longest pause between tries
 */
public record CollectorSettings(
        double sampleRate,
        int maxSpansPerSecond,
        int queueSize,
        int concurrency,
        Duration messageTimeout,
        Duration maxBackOff) {
    private static final double SKYWALKING_PRECISION = 10_000;

    private static final Setting<Double> SAMPLE_RATE = Setting.decimal(
                    "COLLECTOR_SAMPLE_RATE",
                    1.0,
                    0.0,
                    1.0,
                    "Share of traces to keep. Spans with the debug flag are always kept.")
            .describedDefault("1.0, or SW_ZIPKIN_SAMPLE_RATE");
    private static final Setting<Double> SKYWALKING_SAMPLE_RATE = Setting.decimal(
            "SW_ZIPKIN_SAMPLE_RATE",
            SKYWALKING_PRECISION,
            0,
            SKYWALKING_PRECISION,
            "The same in ten thousandths, as SkyWalking's Zipkin receiver has it; of no effect beside "
                    + "COLLECTOR_SAMPLE_RATE.");
    private static final Setting<Integer> MAX_SPANS_PER_SECOND = Setting.integer(
                    "COLLECTOR_MAX_SPANS_PER_SECOND",
                    0,
                    0,
                    Integer.MAX_VALUE,
                    "Spans to keep in a second, with up to a second's at once; 0 for no bound. Those "
                            + "beyond are dropped and counted so. Spans with the debug flag are always kept.")
            .orNamed("SW_ZIPKIN_MAX_SPANS_PER_SECOND");
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
    private static final Setting<Duration> MESSAGE_TIMEOUT = Setting.duration(
            "COLLECTOR_MESSAGE_TIMEOUT",
            "60s",
            "Time in which messages that a broker delivered must be stored; they are delivered again afterwards.");
    private static final Setting<Duration> MAX_BACKOFF = Setting.duration(
            "COLLECTOR_MAX_BACKOFF",
            "30s",
            "Longest pause between tries while the storage or a broker is down; the first is one second.");

    static List<Setting<?>> settings() {
        return List.of(
                SAMPLE_RATE,
                SKYWALKING_SAMPLE_RATE,
                MAX_SPANS_PER_SECOND,
                QUEUE_SIZE,
                CONCURRENCY,
                MESSAGE_TIMEOUT,
                MAX_BACKOFF);
    }

    static CollectorSettings from(SettingsReader reader) {
        return new CollectorSettings(
                reader.get(SAMPLE_RATE, reader.get(SKYWALKING_SAMPLE_RATE) / SKYWALKING_PRECISION),
                reader.get(MAX_SPANS_PER_SECOND),
                reader.get(QUEUE_SIZE),
                reader.get(CONCURRENCY),
                reader.get(MESSAGE_TIMEOUT),
                reader.get(MAX_BACKOFF));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
