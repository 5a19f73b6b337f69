package zipkin.ee.storage;

import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * The adaptive limit of simultaneous writes to a storage outside the process.
 *
 * @param enabled false: the storage's own setting is a fixed limit
 * @param minConcurrency where the limit begins, and below which it never falls
 * @param maxConcurrency above which the limit never rises
 * @param maxQueueSize messages that may wait for a write; replaces
 *     {@link CollectorSettings#queueSize}
 */
public record ThrottleSettings(boolean enabled, int minConcurrency, int maxConcurrency, int maxQueueSize) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "STORAGE_THROTTLE_ENABLED",
            false,
            "Whether the number of simultaneous writes adapts to the storage: one more while "
                    + "it keeps up, half as many when it is overloaded or down. Replaces ZIPKIN_DB_WRITERS, "
                    + "ZIPKIN_ES_WRITERS and ZIPKIN_CASSANDRA_WRITERS. Without effect on mem.");
    private static final Setting<Integer> MIN_CONCURRENCY =
            Setting.integer("STORAGE_THROTTLE_MIN_CONCURRENCY", 10, 1, 1000, "Minimum number of simultaneous writes.");
    private static final Setting<Integer> MAX_CONCURRENCY = Setting.integer(
            "STORAGE_THROTTLE_MAX_CONCURRENCY",
            200,
            1,
            1000,
            "Maximum number of simultaneous writes, each with its own thread. On SQL, each takes a connection from the "
                    + "data source's pool.");
    private static final Setting<Integer> MAX_QUEUE_SIZE = Setting.integer(
            "STORAGE_THROTTLE_MAX_QUEUE_SIZE",
            1000,
            0,
            1_000_000,
            "Messages that may wait for a write. Replaces COLLECTOR_QUEUE_SIZE. 0 counts as 1.");

    public static ThrottleSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        int min = reader.get(MIN_CONCURRENCY);
        int max = reader.get(MAX_CONCURRENCY);
        if (max < min) {
            reader.refuse(MAX_CONCURRENCY, Integer.toString(max), "at least STORAGE_THROTTLE_MIN_CONCURRENCY, " + min);
        }
        return new ThrottleSettings(enabled, min, Math.max(min, max), Math.max(1, reader.get(MAX_QUEUE_SIZE)));
    }
}
