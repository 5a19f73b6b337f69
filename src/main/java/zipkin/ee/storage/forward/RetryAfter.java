package zipkin.ee.storage.forward;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import zipkin.ee.http.client.Http;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * The pause that a server has asked for by Retry-After, in seconds or as a date, with 429 or 503;
 * at most a minute. Thread safe.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final LongSupplier nanoTime;
    private final Supplier<Instant> now;
    private boolean paused;
    private long endNanos;

    RetryAfter() {
        this(System::nanoTime, Instant::now);
    }

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    RetryAfter(LongSupplier nanoTime, Supplier<Instant> now) {
        this.nanoTime = nanoTime;
        this.now = now;
    }

    /** @throws StorageUnavailableException during the pause */
    synchronized void requireOver(URI server) {
        long leftNanos = endNanos - nanoTime.getAsLong();
        if (paused && leftNanos > 0) {
            throw new StorageUnavailableException(
                    server + " has asked for a pause, which ends in " + (TimeUnit.NANOSECONDS.toSeconds(leftNanos) + 1)
                            + " s",
                    null);
        }
        paused = false;
    }

    void note(Http.Answer answer) {
        if (answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE) {
            String text = answer.retryAfter();
            Duration asked = text == null ? Duration.ZERO : duration(text.strip());
            if (asked.compareTo(Duration.ZERO) > 0) {
                begin(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
            }
        }
    }

    private synchronized void begin(Duration pause) {
        paused = true;
        endNanos = nanoTime.getAsLong() + pause.toNanos();
    }

    private Duration duration(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant end = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now.get(), end);
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
