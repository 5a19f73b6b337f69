package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * Spans over HTTP.
 *
 * @param enabled whether POST /api/v1/spans and /api/v2/spans exist
 * @param maxBodyBytes bound of a body, before and after decompression; 413 beyond
 * @param bodyTimeout time in which a body must have arrived whole; 408 afterwards
 * @param maxBufferedBytes bound of all bodies that are being received or decoded; 503 beyond
 * @param journal whether a message is answered once the journal has it, rather than the storage
 * @param journalSenders messages being written to the journal at the same time
 */
public record HttpIntakeSettings(
        boolean enabled,
        int maxBodyBytes,
        Duration bodyTimeout,
        long maxBufferedBytes,
        boolean journal,
        int journalSenders) {
    private static final int BODIES_PERCENT = 20;
    private static final String NO_JOURNAL = "none";
    private static final String JMS_JOURNAL = "jms";

    static final Setting<Boolean> ENABLED = Setting.flag(
                    "COLLECTOR_HTTP_ENABLED", true, "Whether spans are accepted over HTTP; 404 otherwise.")
            .orNamed("HTTP_COLLECTOR_ENABLED");
    private static final Setting<Integer> MAX_BYTES = Setting.integer(
            "COLLECTOR_HTTP_MAX_BYTES",
            10 * 1024 * 1024,
            1024,
            1024 * 1024 * 1024,
            "Largest body in bytes, before and after decompression; 413 beyond.");
    private static final Setting<Duration> BODY_TIMEOUT = Setting.duration(
            "COLLECTOR_HTTP_BODY_TIMEOUT", "30s", "How long a request's body may take to arrive; 408 afterwards.");
    private static final Setting<Long> MAX_BUFFERED = Setting.number(
                    "COLLECTOR_HTTP_MAX_BUFFERED_BYTES",
                    1,
                    1024 * 1024,
                    Long.MAX_VALUE,
                    "Bytes of all bodies, received and decompressed, until their spans are stored; 503 "
                            + "with Retry-After beyond.")
            .describedDefault("20 % of seven eighths of the heap less 112 MiB");
    private static final Setting<String> JOURNAL = Setting.choice(
            "COLLECTOR_HTTP_JOURNAL",
            List.of(NO_JOURNAL, JMS_JOURNAL),
            "With jms, requests are answered 202 once the server's persistent JMS queue has their spans, which "
                    + "are stored from there. Needs messaging.cli.");
    private static final Setting<Integer> JOURNAL_SENDERS = Setting.integer(
            "COLLECTOR_HTTP_JOURNAL_SENDERS",
            16,
            1,
            1000,
            "Messages that are written to the journal at the same time. Up to COLLECTOR_QUEUE_SIZE more " + "wait.");

    public static HttpIntakeSettings from(SettingsReader reader) {
        return new HttpIntakeSettings(
                reader.get(ENABLED),
                reader.get(MAX_BYTES),
                reader.get(BODY_TIMEOUT),
                reader.get(MAX_BUFFERED, HeapShare.percent(BODIES_PERCENT)),
                reader.get(JOURNAL).equals(JMS_JOURNAL),
                reader.get(JOURNAL_SENDERS));
    }
}
