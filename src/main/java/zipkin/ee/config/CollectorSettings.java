package zipkin.ee.config;

import java.time.Duration;

/**
 * The way from a transport to the storage.
 *
 * @param sampleRate share of traces kept, 0 to 1
 * @param maxSpansPerSecond spans kept per second, without those with the debug flag; 0 for no limit
 * @param queueSize messages that may wait for a storage that blocks
 * @param concurrency messages being stored at the same time
 * @param messageTimeout how long storing a broker's messages may take before they are delivered
 *     again
 * @param maxBackOff longest pause between attempts
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
            "The same in ten thousandths, as in SkyWalking's Zipkin receiver. Without effect when "
                    + "COLLECTOR_SAMPLE_RATE is set.");
    private static final Setting<Integer> MAX_SPANS_PER_SECOND = Setting.integer(
                    "COLLECTOR_MAX_SPANS_PER_SECOND",
                    0,
                    0,
                    Integer.MAX_VALUE,
                    "Spans to keep per second, in bursts of up to one second's; 0 for no limit. Spans "
                            + "beyond are dropped and counted as dropped. Spans with the debug flag are always kept.")
            .orNamed("SW_ZIPKIN_MAX_SPANS_PER_SECOND");
    private static final Setting<Integer> QUEUE_SIZE = Setting.integer(
            "COLLECTOR_QUEUE_SIZE",
            1000,
            1,
            1_000_000,
            "Messages that may wait for the storage. While the queue is full, HTTP clients are answered 503 with "
                    + "Retry-After.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
                    "COLLECTOR_CONCURRENCY",
                    8,
                    1,
                    1000,
                    "Messages that are stored at the same time, each by its own thread.")
            .readByServer();
    private static final Setting<Duration> MESSAGE_TIMEOUT = Setting.duration(
            "COLLECTOR_MESSAGE_TIMEOUT",
            "60s",
            "How long storing a broker's messages may take before they are delivered again.");
    private static final Setting<Duration> MAX_BACKOFF = Setting.duration(
            "COLLECTOR_MAX_BACKOFF",
            "30s",
            "Longest pause between attempts while the storage or a broker is down. The first pause is one second.");

    public static CollectorSettings from(SettingsReader reader) {
        Double sampleRate = reader.find(SAMPLE_RATE);
        double skyWalkingRate = reader.get(SKYWALKING_SAMPLE_RATE) / SKYWALKING_PRECISION;
        return new CollectorSettings(
                sampleRate == null ? skyWalkingRate : sampleRate,
                reader.get(MAX_SPANS_PER_SECOND),
                reader.get(QUEUE_SIZE),
                reader.get(CONCURRENCY),
                reader.get(MESSAGE_TIMEOUT),
                reader.get(MAX_BACKOFF));
    }
}
