package zipkin.ee.config;

/**
 * How much of the heap messages may take between decoding and storing.
 *
 * @param decodedBytes bytes of all decoded spans that are not stored yet
 * @param queueBytes bytes of the spans that wait for a storage or are being written to it
 * @param queueSpans number of spans that wait for a storage or are being written to it
 * @param messageBytes size of one message of a broker
 */
public record BudgetSettings(long decodedBytes, long queueBytes, int queueSpans, int messageBytes) {
    public static final String DECODED_BYTES_NAME = "COLLECTOR_MAX_DECODED_BYTES";
    public static final String QUEUE_BYTES_NAME = "COLLECTOR_QUEUE_MAX_BYTES";

    public static final String MESSAGE_BYTES_NAME = "COLLECTOR_MESSAGE_MAX_BYTES";

    private static final int DECODED_PERCENT = 25;
    private static final int MESSAGE_PERCENT = 6;
    private static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;
    /** The approximate size of a span without tags. */
    private static final int SPAN_BYTES = 256;

    private static final Setting<Long> DECODED_BYTES = Setting.number(
                    DECODED_BYTES_NAME,
                    1,
                    1024 * 1024,
                    Long.MAX_VALUE,
                    "Estimated bytes of the heap for decoded spans until they are stored. Beyond that, "
                            + "HTTP clients are answered 503 with Retry-After, and brokers deliver again. A message "
                            + "that needs more alone is answered 413 or becomes a dead letter.")
            .describedDefault("25 % of seven eighths of the heap less 112 MiB");
    private static final Setting<Long> QUEUE_BYTES = Setting.number(
                    QUEUE_BYTES_NAME,
                    1,
                    1024 * 1024,
                    Long.MAX_VALUE,
                    "Estimated bytes of the heap for spans that wait for a storage or are being written to it; "
                            + "for each storage when STORAGE_TYPE names several. Beyond that, the same happens as with "
                            + "COLLECTOR_QUEUE_SIZE.")
            .describedDefault("COLLECTOR_MAX_DECODED_BYTES");
    private static final Setting<Integer> QUEUE_SPANS = Setting.integer(
                    "COLLECTOR_QUEUE_MAX_SPANS",
                    1,
                    1,
                    Integer.MAX_VALUE,
                    "Spans that wait for a storage or are being written to it. Beyond that, the same happens as with "
                            + "COLLECTOR_QUEUE_SIZE.")
            .describedDefault("COLLECTOR_QUEUE_MAX_BYTES / 256");

    private static final Setting<Integer> MESSAGE_BYTES = Setting.integer(
                    MESSAGE_BYTES_NAME,
                    1,
                    1024,
                    Integer.MAX_VALUE,
                    "Largest message of a broker in bytes. A larger one becomes a dead letter with this "
                            + "setting's name as the reason.")
            .describedDefault("6 % of seven eighths of the heap less 112 MiB, at most 64 MiB");

    public static BudgetSettings from(SettingsReader reader) {
        long decoded = reader.get(DECODED_BYTES, HeapShare.percent(DECODED_PERCENT));
        long queue = reader.get(QUEUE_BYTES, decoded);
        return new BudgetSettings(
                decoded,
                queue,
                reader.get(QUEUE_SPANS, (int) Math.min(Integer.MAX_VALUE, queue / SPAN_BYTES)),
                reader.get(MESSAGE_BYTES, (int) Math.min(MOST_MESSAGE_BYTES, HeapShare.percent(MESSAGE_PERCENT))));
    }
}
