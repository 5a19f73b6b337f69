package zipkin.ee.config;

import java.util.List;

/**
 * The storage in memory.
 *
 * @param maxSpans spans kept; beyond, the oldest traces go
 */
public record MemorySettings(int maxSpans) {
    private static final Setting<Integer> MAX_SPANS = Setting.integer(
            "MEM_MAX_SPANS",
            500_000,
            1,
            Integer.MAX_VALUE,
            "Spans kept by STORAGE_TYPE=mem. Beyond that the oldest whole traces are evicted.");

    static List<Setting<?>> settings() {
        return List.of(MAX_SPANS);
    }

    static MemorySettings from(SettingsReader reader) {
        return new MemorySettings(reader.get(MAX_SPANS));
    }
}
