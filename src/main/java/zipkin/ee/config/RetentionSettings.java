package zipkin.ee.config;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a storage keeps spans, unless it has such a rule of its own.
 *
 * @param age time since storing after which spans are deleted; zero for never
 * @param maxBytes bytes of stored spans and their index beyond which the oldest are deleted; zero
 *     for no limit
 */
public record RetentionSettings(Duration age, long maxBytes) {
    public static final Setting<Duration> AGE = Setting.durationOrZero(
            "STORAGE_RETENTION",
            "7d",
            "How long spans and dependency links are kept; 0 for ever. SQL counts from when they were "
                    + "stored. Elasticsearch deletes indices of whole days, and only when this is set. Without "
                    + "effect on mem and cassandra3, where the keyspace's default_time_to_live decides.");
    private static final Setting<Long> MAX_BYTES = Setting.number(
            "STORAGE_MAX_BYTES",
            0,
            0,
            Long.MAX_VALUE,
            "Bytes of stored spans and their search index beyond which the oldest are deleted; 0 for no "
                    + "limit. Without effect on mem and elasticsearch.");

    /** How long spans are kept, for the start-up screen. */
    public String text() {
        return age.isZero()
                ? "kept for ever"
                : "kept for " + age.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    public static RetentionSettings from(SettingsReader reader) {
        return new RetentionSettings(reader.get(AGE), reader.get(MAX_BYTES));
    }
}
