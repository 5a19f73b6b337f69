package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final List<String> warnings = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final FailureLog log = new FailureLog(new Recorder(), nanos::get);

    @Test
    void failures_ofFiveSeconds_areOneWarning_thatCountsThoseBefore() {
        for (int i = 0; i < 3; i++) {
            log.failed(2, "http", new IllegalStateException("down"));
        }
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        log.failed(1, "http", new IllegalStateException("down"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        log.failed(7, "http", new IllegalStateException("down"));

        assertThat(warnings)
                .containsExactly(
                        "Cannot store 2 spans of a message from http; its sender was told to try later",
                        "Cannot store 1 spans of a message from http; its sender was told to try later, like 2 before it",
                        "Cannot store 7 spans of a message from http; its sender was told to try later");
    }

    private final class Recorder implements Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level == Level.WARNING;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable error) {
            if (level == Level.WARNING && error != null) {
                warnings.add(text);
            }
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {}
    }
}
