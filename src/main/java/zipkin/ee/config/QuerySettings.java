package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * The query API.
 *
 * @param enabled false: 404, and no UI unless UI_ENABLED says otherwise
 * @param timeout after which a query is answered 503
 * @param lookbackMillis how far a query without lookback looks back
 * @param namesMaxAgeSeconds Cache-Control max-age of names
 * @param maxLimit most traces that one query returns; a larger limit is taken as this one
 * @param concurrency queries that run at the same time
 * @param maxAnswerBytes bound of the JSON of one query's traces; 503 beyond
 * @param queueSize queries that may wait for a thread; 503 beyond
 * @param allowedOrigins origins that browsers may call from; {@code *} for all
 */
public record QuerySettings(
        boolean enabled,
        Duration timeout,
        long lookbackMillis,
        int namesMaxAgeSeconds,
        int maxLimit,
        int concurrency,
        int maxAnswerBytes,
        int queueSize,
        List<String> allowedOrigins) {
    static final Setting<Boolean> ENABLED =
            Setting.flag("QUERY_ENABLED", true, "Whether the query API answers. Without it there is no UI either.");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "QUERY_TIMEOUT",
            "11s",
            "How long a query may take before it is answered 503, and a health check before it is DOWN.");
    private static final Setting<Long> LOOKBACK = Setting.number(
            "QUERY_LOOKBACK",
            86_400_000L,
            1,
            Long.MAX_VALUE,
            "How far a query without lookback looks back, in milliseconds.");
    private static final Setting<Integer> NAMES_MAX_AGE = Setting.integer(
            "ZIPKIN_QUERY_NAMES_MAX_AGE",
            300,
            0,
            31_536_000,
            "How long browsers may cache names of services and spans, in seconds, once there are more "
                    + "than three services.");
    private static final Setting<Integer> MAX_LIMIT = Setting.integer(
            "QUERY_MAX_LIMIT",
            10_000,
            1,
            Integer.MAX_VALUE,
            "Maximum number of traces that one query returns, whatever limit it asks for.");
    private static final int USUAL_CONCURRENCY = 8;
    private static final long HEAP_BYTES_PER_QUERY = 64L * 1024 * 1024;
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
                    "QUERY_CONCURRENCY",
                    USUAL_CONCURRENCY,
                    1,
                    1000,
                    "Queries that run at the same time. Each holds its result in memory as spans and as JSON. At most "
                            + "half of them may have read more than 256 KiB of spans; these take "
                            + "turns on half of the processors, and further ones are answered 503 with Retry-After.")
            .describedDefault("8, or one for each 64 MiB of the heap where that is less");
    private static final Setting<Integer> MAX_ANSWER = Setting.integer(
                    "QUERY_MAX_ANSWER_BYTES",
                    1,
                    1024,
                    Integer.MAX_VALUE - 8,
                    "Maximum JSON size of one query's traces, in bytes before compression. A larger result is answered "
                            + "503 without Retry-After: the query has to ask for less.")
            .describedDefault("a sixteenth of the heap");
    private static final Setting<Integer> QUEUE_SIZE = Setting.integer(
            "QUERY_QUEUE_SIZE",
            1000,
            1,
            1_000_000,
            "Queries that may wait for a thread. Further ones are answered 503 with Retry-After.");
    private static final Setting<List<String>> ALLOWED_ORIGINS = Setting.list(
            "ZIPKIN_QUERY_ALLOWED_ORIGINS",
            "*",
            "Origins from which browsers may call the API (CORS), comma separated; * for all.");

    public static QuerySettings from(SettingsReader reader) {
        long heap = Runtime.getRuntime().maxMemory();
        return new QuerySettings(
                reader.get(ENABLED),
                reader.get(TIMEOUT),
                reader.get(LOOKBACK),
                reader.get(NAMES_MAX_AGE),
                reader.get(MAX_LIMIT),
                reader.get(CONCURRENCY, (int) Math.max(1, Math.min(USUAL_CONCURRENCY, heap / HEAP_BYTES_PER_QUERY))),
                reader.get(MAX_ANSWER, (int) Math.min(Integer.MAX_VALUE - 8, heap / 16)),
                reader.get(QUEUE_SIZE),
                reader.get(ALLOWED_ORIGINS));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
