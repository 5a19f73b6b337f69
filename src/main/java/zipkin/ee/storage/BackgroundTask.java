package zipkin.ee.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.fault.PublicText;
import zipkin.ee.fault.Reasons;
import zipkin.ee.text.SafeLogger;

/**
 * Something a storage does from time to time, and how its last run went, for /health and /metrics.
 * Meant to run once at a time; read by any thread.
 */
public final class BackgroundTask implements Runnable {
    private static final Logger LOGGER = SafeLogger.of(BackgroundTask.class.getName());

    /**
     * The result of one run.
     *
     * @param text one line
     * @param numbers by names in the form {@code deleted_spans}
     */
    public record Report(String text, Map<String, Long> numbers) {
        public Report(String text) {
            this(text, Map.of());
        }

        public Report with(String name, long value) {
            Map<String, Long> more = new LinkedHashMap<>(numbers);
            more.put(name, value);
            return new Report(text, more);
        }
    }

    private final String name;
    private final Supplier<Report> work;
    private volatile Report last = new Report("has not run yet");
    private volatile @Nullable Instant lastEnd;
    private volatile @Nullable String error;

    /**
     * @param name one word, part of metrics' names
     * @param work may throw, which is logged and reported by {@link #state()}
     */
    public BackgroundTask(String name, Supplier<Report> work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public void run() {
        try {
            last = work.get();
            lastEnd = Instant.now();
            error = null;
        } catch (RuntimeException e) {
            boolean first = error == null;
            error = PublicText.of(e);
            // An outage of the storage is logged where it is watched.
            boolean quiet = !first || PublicText.isTemporary(e);
            LOGGER.log(
                    quiet ? Level.DEBUG : Level.WARNING,
                    "The task " + name + " failed and is tried again: " + Reasons.of(e));
            LOGGER.log(Level.DEBUG, "The task " + name + " failed", e);
        }
    }

    public String name() {
        return name;
    }

    /**
     * One line: the report of the last successful run with its time, and the error of the last run
     * if it failed.
     */
    public String state() {
        Instant end = lastEnd;
        String text = end == null ? last.text() : last.text() + ", at " + end;
        return error == null ? text : text + "; the last run failed: " + error;
    }

    public Map<String, Long> numbers() {
        return last.numbers();
    }

    public boolean failed() {
        return error != null;
    }
}
