package zipkin.ee.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadRoomTest {
    private static final long SPAN = 1_234;
    private static final int SPANS = 1000;

    private final AtomicLong required = new AtomicLong();

    @Test
    void spans_thatAreRead_areRequiredInSteps() throws Exception {
        String answer = ReadRoom.within(required::set, () -> {
            read(SPANS);
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        long read = SPANS * SPAN;
        assertThat(required.get()).isBetween(read, read + 64 * 1024);
    }

    @Test
    void query_thatFindsNoRoom_endsAtTheSpan() {
        AtomicLong read = new AtomicLong();

        assertThatThrownBy(() -> ReadRoom.within(
                        bytes -> {
                            if (bytes > 1_000_000) {
                                throw new IllegalStateException("no room");
                            }
                        },
                        () -> {
                            while (read.incrementAndGet() < 1_000_000) {
                                ReadRoom.add(SPAN);
                            }
                            return "";
                        }))
                .hasMessage("no room");
        assertThat(read.get() * SPAN).isLessThanOrEqualTo(1_003_000);
    }

    @Test
    void bytes_thatAreExpected_areRequiredAtOnce_andNotTwice() throws Exception {
        ReadRoom.within(required::set, () -> {
            ReadRoom.expect(SPANS * SPAN);
            assertThat(required).hasValue(SPANS * SPAN);
            assertThat(ReadRoom.bytes()).isZero();
            read(SPANS);
            assertThat(required).hasValue(SPANS * SPAN);
            return "";
        });
    }

    @Test
    void search_thatKeepsFewOfManyTraces_requiresNoMoreThanAPage() throws Exception {
        ReadRoom.within(required::set, () -> {
            for (int page = 0; page < 100; page++) {
                long before = ReadRoom.bytes();
                read(SPANS);
                ReadRoom.keepOnly(before, SPAN);
            }
            assertThat(ReadRoom.bytes()).isEqualTo(100 * SPAN);
            return "";
        });

        assertThat(required.get()).isLessThan(2 * SPANS * SPAN);
    }

    @Test
    void afterAQuery_nothingIsCounted() throws Exception {
        ReadRoom.within(required::set, () -> "");
        read(SPANS);

        assertThat(ReadRoom.bytes()).isZero();
        assertThat(required).hasValue(0);
    }

    private static void read(int count) {
        for (int i = 0; i < count; i++) {
            ReadRoom.add(SPAN);
        }
    }
}
