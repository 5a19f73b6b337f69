package zipkin.ee.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final RecordedLog lines = new RecordedLog();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final DeadLetterLog log = new DeadLetterLog(lines, "jms", nanos::get);

    @Test
    void deadLetters_areALineEach_butTenAMinute() {
        for (int i = 0; i < 12; i++) {
            log.add("is in the queue zipkin.dlq", "no JSON");
        }
        assertThat(lines.lines())
                .hasSize(10)
                .containsOnly("WARNING jms: a message that can't be read is in the queue zipkin.dlq: no JSON");

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.add("is in the queue zipkin.dlq", "no thrift");
        assertThat(lines.lines().get(10))
                .isEqualTo("WARNING jms: a message that can't be read is in the queue zipkin.dlq, like 2 "
                        + "before it: no thrift");
    }

    @Test
    void messageThatIsStoredInPart_isALineOfTheSameMinute() {
        for (int i = 0; i < 12; i++) {
            log.addPartial("1 of 3 spans refused");
        }
        assertThat(lines.lines())
                .hasSize(10)
                .containsOnly("WARNING jms: a message is stored in part: 1 of 3 spans refused");
    }

    @Test
    void line_isBounded_andWhatTheMessageSaysBeginsNoneOfItsOwn() {
        log.add("is in the topic " + "t".repeat(500), "bad\r\nERROR forged\u202e\u0000" + "x".repeat(5000));

        assertThat(lines.lines()).hasSize(1);
        assertThat(lines.lines().get(0).substring("WARNING ".length()))
                .hasSize(300)
                .contains("bad\\r\\nERROR forged\\u202e\\u0000xxx")
                .endsWith("…");
    }
}
