package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final DeadLetterLog log = new DeadLetterLog(new Recorder(), "kafka", nanos::get);

    @Test
    void deadLetters_areALineEach_butTenAMinute() {
        for (int i = 0; i < 12; i++) {
            log.add("is in the topic zipkin.dlt", "no JSON");
        }
        assertThat(lines)
                .hasSize(10)
                .containsOnly("kafka: a message that can't be read is in the topic zipkin.dlt: no JSON");

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.add("is in the topic zipkin.dlt", "no thrift");
        assertThat(lines.get(10))
                .isEqualTo(
                        "kafka: a message that can't be read is in the topic zipkin.dlt, like 2 before it: no thrift");
    }

    @Test
    void messageThatIsStoredInPart_isALineOfTheSameMinute() {
        for (int i = 0; i < 12; i++) {
            log.addPartial("1 of 3 spans refused");
        }
        assertThat(lines).hasSize(10).containsOnly("kafka: a message is stored in part: 1 of 3 spans refused");
    }

    @Test
    void line_isBounded_andWhatTheMessageSaysBeginsNoneOfItsOwn() {
        log.add("is dropped", "bad\r\nERROR forged\u202e" + "x".repeat(5000));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .hasSize(300)
                .contains("bad\\r\\nERROR forged\\u202exxx")
                .endsWith("…");
    }

    private final class Recorder implements Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable error) {
            lines.add(text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
            lines.add(format);
        }
    }
}
