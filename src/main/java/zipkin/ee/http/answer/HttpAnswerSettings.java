package zipkin.ee.http.answer;

import java.time.Duration;
import zipkin.ee.config.HeapShare;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Answers to all HTTP requests, while clients read them.
 *
 * @param maxHeldBytes bound of all answers that are being made or read; 503 beyond
 * @param timeout time without progress after which an answer is given up
 * @param maxTime time in which an answer must have been read whole
 */
public record HttpAnswerSettings(long maxHeldBytes, Duration timeout, Duration maxTime) {
    private static final int HEAP_PERCENT = 15;
    private static final Setting<Long> MAX_HELD = Setting.number(
                    "HTTP_ANSWERS_MAX_BYTES",
                    1,
                    1024 * 1024,
                    Long.MAX_VALUE,
                    "Bytes of all answers that are being made or read by clients; 503 with Retry-After "
                            + "beyond. Answers below 8 KiB and the UI's files are not counted.")
            .describedDefault("15 % of seven eighths of the heap less 112 MiB");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
            "HTTP_ANSWER_TIMEOUT",
            "30s",
            "How long an answer may make no progress. Afterwards its memory is freed and the "
                    + "connection is closed.");
    private static final Setting<Duration> MAX_TIME = Setting.duration(
            "HTTP_ANSWER_MAX_TIME",
            "3m",
            "How long a client may take to read an answer, once it is made (QUERY_TIMEOUT). The "
                    + "connection is closed afterwards.");

    public static HttpAnswerSettings from(SettingsReader reader) {
        return new HttpAnswerSettings(
                reader.get(MAX_HELD, HeapShare.percent(HEAP_PERCENT)), reader.get(TIMEOUT), reader.get(MAX_TIME));
    }
}
