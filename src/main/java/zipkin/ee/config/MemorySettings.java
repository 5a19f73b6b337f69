package zipkin.ee.config;

import java.util.List;

/**
 * The storage in memory.
 *
 * @param maxSpans spans kept; beyond, the oldest traces go
 * @param maxBytes of the heap that spans, their index, names and links take; beyond, the oldest
 *     traces go
 */
public record MemorySettings(int maxSpans, long maxBytes) {
    private static final Setting<Integer> MAX_SPANS = Setting.integer(
            "MEM_MAX_SPANS",
            500_000,
            1,
            Integer.MAX_VALUE,
            "Spans kept by STORAGE_TYPE=mem. Beyond that the oldest whole traces are evicted.");
    private static final int PERCENT = 40;
    private static final Setting<Long> MAX_BYTES = Setting.number(
            "MEM_MAX_BYTES",
            0,
            0,
            Long.MAX_VALUE,
            "Bytes of the heap that STORAGE_TYPE=mem fills with spans, their index, names and links, 0 "
                    + "for 40 % of the heap without 112 MiB. Beyond that the oldest whole traces are evicted.");

    static List<Setting<?>> settings() {
        return List.of(MAX_SPANS, MAX_BYTES);
    }

    static MemorySettings from(SettingsReader reader) {
        long maxBytes = reader.get(MAX_BYTES);
        return new MemorySettings(reader.get(MAX_SPANS), maxBytes == 0 ? HeapShare.percent(PERCENT) : maxBytes);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
