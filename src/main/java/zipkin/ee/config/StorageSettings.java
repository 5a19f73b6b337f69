package zipkin.ee.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What every storage is told.
 *
 * @param type name of the storage, as {@code STORAGE_TYPE} has it first
 * @param alsoTo names of others that get what was stored
 * @param strictTraceId false: traces are grouped and looked up by the low 64 bits of their id
 * @param searchEnabled false: only look-ups by trace id and dependencies work, and no index is kept
 * @param autocompleteKeys tag keys whose values are offered in the UI
 * @param autocompleteTtl how long a key and value that was written is not written again
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

    private static final Setting<List<String>> TYPE = Setting.list(
            "STORAGE_TYPE",
            MEMORY,
            "Which storage keeps the spans: mem, postgresql, mysql (or mariadb), h2, jpa for any data "
                    + "source of the application server, elasticsearch (or opensearch), or cassandra3 (or "
                    + "cassandra); or sends them on: http-forwarder, xray, stackdriver. With several, as in "
                    + "postgresql,xray, the first keeps them and is asked, and the others get them as well. Any "
                    + "other name stops the deployment.");
    private static final Setting<Boolean> STRICT_TRACE_ID = Setting.flag(
            "STRICT_TRACE_ID", true, "When false, traces are grouped and found by the low 64 bits of their id.");
    private static final Setting<Boolean> SEARCH_ENABLED = Setting.flag(
            "SEARCH_ENABLED", true, "When false, names and searches are empty and only look-ups by trace id work.");
    private static final Setting<List<String>> AUTOCOMPLETE_KEYS =
            Setting.list("AUTOCOMPLETE_KEYS", "", "Tag keys whose values the UI offers, such as environment,region.");
    private static final Setting<Duration> AUTOCOMPLETE_TTL = Setting.duration(
            "AUTOCOMPLETE_TTL",
            "3600000",
            "How long storages that index tag values do not write the same one again. Without effect on "
                    + "mem, and on SQL, which writes each once a day.");

    /** Whether spans are in this process: what is stored or looked up is there at once. */
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

    static List<Setting<?>> settings() {
        return List.of(TYPE, STRICT_TRACE_ID, SEARCH_ENABLED, AUTOCOMPLETE_KEYS, AUTOCOMPLETE_TTL);
    }

    static StorageSettings from(SettingsReader reader) {
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
