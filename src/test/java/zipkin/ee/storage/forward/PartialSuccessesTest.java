package zipkin.ee.storage.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.otlp.OtlpAnswers.PartialSuccess;
import zipkin.ee.fault.RecordedLog;

class PartialSuccessesTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it overflows
    private final RecordedLog log = new RecordedLog();
    private final PartialSuccesses partial = new PartialSuccesses(log, nanoTime::get);

    @Test
    void refusals_areAllCounted_andLoggedOnceAMinute() {
        partial.add(new PartialSuccess(3, "too old"));
        partial.add(new PartialSuccess(2, "too old"));
        nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(1));
        partial.add(new PartialSuccess(1, "too long"));

        assertThat(partial.report().numbers()).containsEntry("spans", 6L);
        assertThat(log.lines())
                .containsExactly(
                        "WARNING The server to which spans are forwarded has refused 3 of them, which are lost to it:"
                                + " too old",
                        "WARNING The server to which spans are forwarded has refused 3 of them, which are lost to it:"
                                + " too long");
    }

    @Test
    void warning_isLoggedAndCountsNothing() {
        partial.add(new PartialSuccess(0, "this endpoint will be gone"));
        assertThat(partial.report().text()).isEqualTo("0 spans were refused one by one");
        assertThat(log.lines())
                .containsExactly("WARNING The server to which spans are forwarded has taken all of them, and says:"
                        + " this endpoint will be gone");
    }

    @Test
    void success_isSilent() {
        partial.add(new PartialSuccess(0, ""));
        assertThat(log.lines()).isEmpty();
    }
}
