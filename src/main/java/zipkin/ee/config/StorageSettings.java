package zipkin.ee.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Settings of every storage.
 *
 * @param type name of the storage, as {@code STORAGE_TYPE} has it first
 * @param alsoTo names of further storages that get what was stored
 * @param strictTraceId false: traces are grouped and looked up by the low 64 bits of their id
 * @param searchEnabled false: only look-ups by trace id and dependencies work, and no index is kept
 * @param autocompleteKeys tag keys whose values are offered in the UI
 * @param autocompleteTtl how long the same key and value are not written again
 */
public record StorageSettings(
        String type,
        List<String> alsoTo,
        boolean strictTraceId,
        boolean searchEnabled,
        List<String> autocompleteKeys,
        Duration autocompleteTtl) {
    private static final Set<String> SQL = Set.of("postgresql", "mysql", "mariadb", "h2", "jpa");
    private static final String MEMORY = "mem";

    public static final Setting<List<String>> TYPE = Setting.list(
            "STORAGE_TYPE",
            MEMORY,
            "Which storage keeps the spans: mem, postgresql, mysql (or mariadb), h2, jpa for any data "
                    + "source of the application server, elasticsearch (or opensearch), cassandra3 (or "
                    + "cassandra); or forwards them: http-forwarder, otlp-forwarder, kafka-forwarder, xray, "
                    + "stackdriver, scouter. "
                    + "With several, such as postgresql,xray, the first one answers queries and the others get the "
                    + "same spans. Any other name stops the deployment.");
    private static final Setting<Boolean> STRICT_TRACE_ID = Setting.flag(
            "STRICT_TRACE_ID", true, "When false, traces are grouped and found by the low 64 bits of their id.");
    static final Setting<Boolean> SEARCH_ENABLED = Setting.flag(
            "SEARCH_ENABLED", true, "When false, names and searches are empty and only look-ups by trace id work.");
    private static final Setting<List<String>> AUTOCOMPLETE_KEYS =
            Setting.list("AUTOCOMPLETE_KEYS", "", "Tag keys whose values the UI offers, such as environment,region.");
    private static final Setting<Duration> AUTOCOMPLETE_TTL = Setting.duration(
            "AUTOCOMPLETE_TTL",
            "3600000",
            "How long a storage that indexes tag values does not write the same value again. Without effect on "
                    + "mem, and on SQL, which writes each value once a day.");

    /** Whether spans are kept in this process, so that neither storing nor queries wait. */
    public boolean isInMemory() {
        return type.equals(MEMORY);
    }

    /**
     * Whether a query that takes too long may be interrupted. Not where SQL does it: H2 closes its
     * file when a thread that reads it is interrupted, and pools of connections blame the database.
     */
    public boolean isInterruptible() {
        return !SQL.contains(type);
    }

    public static StorageSettings from(SettingsReader reader) {
        List<String> types = reader.get(TYPE);
        return new StorageSettings(
                types.isEmpty() ? MEMORY : types.get(0),
                types.isEmpty() ? List.of() : types.subList(1, types.size()),
                reader.get(STRICT_TRACE_ID),
                reader.get(SEARCH_ENABLED),
                reader.get(AUTOCOMPLETE_KEYS),
                reader.get(AUTOCOMPLETE_TTL));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
