package zipkin.ee.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageLogTest {
    private final RecordedLog lines = new RecordedLog();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final OutageLog log = new OutageLog(lines, "It is down", "It is up", nanos::get);

    @Test
    void outage_isOneLineWhenItGoes_oneAMinute_andOneWhenItIsBack() {
        for (int second = 0; second < 150; second++) {
            log.failed(new IllegalStateException("no answer"));
            pass(1);
        }
        log.works();
        log.works();

        assertThat(lines.lines())
                .containsExactly(
                        "WARNING It is down: no answer",
                        "WARNING It is down: no answer (59 failures since the last line)",
                        "WARNING It is down: no answer (59 failures since the last line)",
                        "INFO It is up after 150 s and 150 failures");
    }

    @Test
    void outages_oneLongAfterTheOther_haveLinesOfTheirOwn() {
        log.failed(new IllegalStateException("first"));
        log.works();
        pass(10);
        log.failed(new IllegalStateException("second"));
        log.works();

        assertThat(lines.lines())
                .containsExactly(
                        "WARNING It is down: first",
                        "INFO It is up after 0 s and 1 failures",
                        "WARNING It is down: second",
                        "INFO It is up after 0 s and 1 failures");
    }

    @Test
    void flapping_manyTimesASecond_isTwoLinesAMinute() {
        for (int i = 0; i < 1190; i++) {
            log.failed(new IllegalStateException("flaps"));
            log.works();
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        }

        assertThat(lines.lines())
                .containsExactly(
                        "WARNING It is down: flaps",
                        "INFO It is up after 0 s and 1 failures",
                        "WARNING It is down: flaps (599 failures since the last line)",
                        "INFO It is up after 0 s and 1 failures");
    }

    @Test
    void outage_soonAfterAnother_isLoggedWhenItLasts() {
        log.failed(new IllegalStateException("first"));
        log.works();
        pass(2);
        log.failed(new IllegalStateException("again"));
        pass(9);
        log.failed(new IllegalStateException("again"));
        assertThat(lines.lines()).hasSize(2);
        pass(1);
        log.failed(new IllegalStateException("again"));

        assertThat(lines.lines())
                .containsExactly(
                        "WARNING It is down: first",
                        "INFO It is up after 0 s and 1 failures",
                        "WARNING It is down: again (2 failures since the last line)");
    }

    @Test
    void reason_ofForeignLines_isOneShortLine() {
        log.failed(new IllegalStateException(
                "outer", new IllegalArgumentException("in\r\nner\u001b[31m" + "x".repeat(999))));

        assertThat(lines.lines()).hasSize(1);
        assertThat(lines.lines().get(0))
                .startsWith("WARNING It is down: outer Cause: in ner\\u001b[31mxxx")
                .hasSizeLessThanOrEqualTo(330);
    }

    private void pass(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
