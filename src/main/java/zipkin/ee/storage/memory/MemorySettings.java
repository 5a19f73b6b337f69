package zipkin.ee.storage.memory;

import zipkin.ee.config.HeapShare;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * The storage in memory.
 *
 * @param maxSpans number of spans beyond which the oldest traces are evicted
 * @param maxBytes bytes of the heap for spans, their index, names and links, beyond which the
 *     oldest traces are evicted
 */
public record MemorySettings(int maxSpans, long maxBytes) {
    private static final Setting<Integer> MAX_SPANS = Setting.integer(
            "MEM_MAX_SPANS",
            500_000,
            1,
            Integer.MAX_VALUE,
            "Maximum number of spans in STORAGE_TYPE=mem. Beyond that, the oldest traces are evicted.");
    private static final int PERCENT = 40;
    private static final Setting<Long> MAX_BYTES = Setting.number(
            "MEM_MAX_BYTES",
            0,
            0,
            Long.MAX_VALUE,
            "Bytes of the heap for spans of STORAGE_TYPE=mem, their index, names and links; 0 "
                    + "for 40 % of seven eighths of the heap less 112 MiB. Beyond that, the oldest traces are "
                    + "evicted.");

    public static MemorySettings from(SettingsReader reader) {
        int maxSpans = reader.get(MAX_SPANS);
        long maxBytes = reader.get(MAX_BYTES);
        return new MemorySettings(maxSpans, maxBytes == 0 ? HeapShare.percent(PERCENT) : maxBytes);
    }
}
