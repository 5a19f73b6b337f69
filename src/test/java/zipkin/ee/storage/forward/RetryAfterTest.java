package zipkin.ee.storage.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.http.client.Http;
import zipkin.ee.storage.StorageUnavailableException;

class RetryAfterTest {
    private static final URI SERVER = URI.create("http://collector:4318/v1/traces");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it overflows
    private final RetryAfter pause = new RetryAfter(nanoTime::get, () -> Instant.parse("2026-12-01T08:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "429, 3, 3",
        "503, ' 3 ', 3",
        "503, 86400, 60",
        "503, 'Tue, 1 Dec 2026 08:00:07 GMT', 7",
        "503, 'Wed, 2 Dec 2026 08:00:00 GMT', 60"
    })
    void pause_isAsLongAsAsked_andAMinuteAtMost(int status, String retryAfter, long seconds) {
        pause.note(new Http.Answer(status, new byte[0], retryAfter));

        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(seconds) - 1);
        assertThatThrownBy(() -> pause.requireOver(SERVER))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("http://collector:4318/v1/traces has asked for a pause, which ends in 1 s");
        nanoTime.incrementAndGet();
        pause.requireOver(SERVER);
        nanoTime.addAndGet(Long.MAX_VALUE); // long after, the clock is before the end again
        pause.requireOver(SERVER);
        assertThat(seconds).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "503,",
        "429, 0",
        "429, -1",
        "429, soon",
        "429, 9999999999",
        "503, 'Tue, 1 Dec 2026 07:59:59 GMT'",
        "200, 3",
        "502, 3"
    })
    void anythingElse_isNoPause(int status, @Nullable String retryAfter) {
        pause.note(new Http.Answer(status, new byte[0], retryAfter));
        pause.requireOver(SERVER);
        assertThat(nanoTime).hasValue(Long.MAX_VALUE - 5);
    }
}
