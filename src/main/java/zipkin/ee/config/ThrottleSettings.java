package zipkin.ee.config;

import java.util.List;

/**
 * How many writes to a storage outside the process may run at the same time, when that is to follow
 * what the storage can take.
 *
 * @param enabled false: as many as the storage's own setting says
 * @param minConcurrency where the limit begins, and below which it never falls
 * @param maxConcurrency above which it never rises
 * @param maxQueueSize messages that may wait meanwhile, in place of
 *     {@link CollectorSettings#queueSize}
 */
public record ThrottleSettings(boolean enabled, int minConcurrency, int maxConcurrency, int maxQueueSize) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "STORAGE_THROTTLE_ENABLED",
            false,
            "Whether the number of simultaneous writes follows what the storage can take: one more while "
                    + "it keeps up, half as many when it is overloaded or down. In place of ZIPKIN_DB_WRITERS, "
                    + "ZIPKIN_ES_WRITERS and ZIPKIN_CASSANDRA_WRITERS; without effect on mem.");
    private static final Setting<Integer> MIN_CONCURRENCY =
            Setting.integer("STORAGE_THROTTLE_MIN_CONCURRENCY", 10, 1, 1000, "Fewest simultaneous writes.");
    private static final Setting<Integer> MAX_CONCURRENCY = Setting.integer(
            "STORAGE_THROTTLE_MAX_CONCURRENCY",
            200,
            1,
            1000,
            "Most simultaneous writes, by as many threads. On SQL each takes a connection of the data source's pool.");
    private static final Setting<Integer> MAX_QUEUE_SIZE = Setting.integer(
            "STORAGE_THROTTLE_MAX_QUEUE_SIZE",
            1000,
            0,
            1_000_000,
            "Messages that may wait for a write, in place of COLLECTOR_QUEUE_SIZE. 0 counts as 1.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, MIN_CONCURRENCY, MAX_CONCURRENCY, MAX_QUEUE_SIZE);
    }

    static ThrottleSettings from(SettingsReader reader) {
        int min = reader.get(MIN_CONCURRENCY);
        int max = reader.get(MAX_CONCURRENCY);
        if (max < min) {
            reader.refuse(
                    MAX_CONCURRENCY.name(), Integer.toString(max), "at least STORAGE_THROTTLE_MIN_CONCURRENCY, " + min);
        }
        return new ThrottleSettings(
                reader.get(ENABLED), min, Math.max(min, max), Math.max(1, reader.get(MAX_QUEUE_SIZE)));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
