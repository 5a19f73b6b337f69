package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenedOnceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger attempts = new AtomicInteger();
    private int failures;
    private final OpenedOnce<String> opened = new OpenedOnce<>(this::open, nanos::get);

    private String open() {
        if (attempts.incrementAndGet() <= failures) {
            throw new IllegalStateException("attempt " + attempts);
        }
        return "open";
    }

    @Test
    void get_opensOnce() {
        assertThat(opened.get()).isEqualTo("open");
        assertThat(opened.get()).isEqualTo("open");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void get_afterAFailure_triesAgainAfterASecond() {
        failures = 1;
        assertThatThrownBy(opened::get).hasMessage("attempt 1");
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThatThrownBy(opened::get).hasMessage("attempt 1");
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(opened.get()).isEqualTo("open");
    }

    @Test
    void failed_whileOpen_isThrownForASecond() {
        opened.get();
        opened.failed(new IllegalStateException("lost"));
        assertThatThrownBy(opened::throwRecentFailure).hasMessage("lost");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        opened.throwRecentFailure();
    }

    @Test
    void get_afterClose_opensNothing() {
        assertThat(opened.close()).isNull();
        assertThatThrownBy(opened::get).isInstanceOf(StorageUnavailableException.class);
        assertThat(attempts).hasValue(0);
    }
}
