package zipkin.ee.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Budgets;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.http.AskForLessException;
import zipkin.ee.http.TryLaterException;

class AnswerMemoryTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_TIME = Duration.ofMinutes(3);
    private static final int LIMIT = 1_000_000;

    private final AnswerMemory memory =
            new AnswerMemory(new HttpAnswerSettings(LIMIT, TIMEOUT, MAX_TIME), new Budgets(), new ContainerTimer());
    private final AnswerRoom room = new AnswerRoom(memory);
    private final AnswerContent content = new AnswerContent();
    private final Connection connection = new Connection();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void room_forMoreThanThereEverIs_isNotPromisedForLater() {
        AnswerRoom other = new AnswerRoom(memory);
        other.require(LIMIT / 2);

        room.require(LIMIT / 4);
        room.requireMore(LIMIT / 8);
        assertThat(memory.used()).isEqualTo(LIMIT * 7 / 8);
        assertThatThrownBy(() -> room.requireMore(LIMIT / 2)).isInstanceOf(TryLaterException.class);
        assertThatThrownBy(() -> room.requireMore(LIMIT))
                .isInstanceOf(AskForLessException.class)
                .hasMessageContaining("HTTP_ANSWERS_MAX_BYTES=1000000 bytes. Ask for less.");
        assertThat(memory.used()).isEqualTo(LIMIT * 7 / 8);
    }

    @Test
    void answer_thatIsRead_givesItsRoomBack() throws IOException {
        AnswerWriter writer = writer(100_000);
        writer.onWritePossible();

        assertThat(connection.bytes.size()).isEqualTo(100_000);
        assertThat(written).hasValue(1);
        assertThat(memory.used()).isZero();
    }

    @Test
    void answer_thatIsNotRead_isGivenUpAfterItsTime() throws IOException {
        connection.takes = 40_000;
        AnswerWriter writer = writer(100_000);
        writer.onWritePossible();

        memory.expire(System.nanoTime(), TIMEOUT.toNanos());
        assertThat(memory.used()).isEqualTo(100_000);
        assertThat(closed).hasValue(0);
        memory.expire(System.nanoTime() + TIMEOUT.toNanos() + 1, TIMEOUT.toNanos());
        assertThat(memory.used()).isZero();
        assertThat(written).hasValue(0);
        assertThat(closed).hasValue(1);

        connection.takes = LIMIT;
        assertThatThrownBy(writer::onWritePossible).isInstanceOf(IOException.class);
        writer.onError(new IOException("closed"));
        assertThat(written).hasValue(1);
    }

    /** Undertow does not call onError then. */
    @Test
    void answer_thatCannotBeWritten_isNotKept() {
        connection.broken = true;
        AnswerWriter writer = writer(100_000);

        assertThatThrownBy(writer::onWritePossible).hasMessage("Connection reset");
        assertThat(memory.used()).isZero();
        assertThat(written).hasValue(1);
    }

    @Test
    void answer_thatIsReadTooSlowly_isGivenUpAfterItsTimeInAll() throws IOException {
        connection.takes = 40_000;
        writer(100_000).onWritePossible();
        long never = Duration.ofDays(1).toNanos();

        memory.expire(System.nanoTime() + MAX_TIME.toNanos() / 2, never);
        assertThat(closed).hasValue(0);
        memory.expire(System.nanoTime() + MAX_TIME.toNanos() + 1, never);
        assertThat(closed).hasValue(1);
        assertThat(memory.used()).isZero();
    }

    @Test
    void answer_thatTheContainerHasNotBegun_isNotGivenUp() throws IOException {
        AnswerWriter writer = writer(100_000);

        memory.expire(System.nanoTime() + TIMEOUT.toNanos() + 1, TIMEOUT.toNanos());
        writer.onWritePossible();

        assertThat(connection.bytes.size()).isEqualTo(100_000);
        assertThat(memory.used()).isZero();
    }

    @Test
    void answer_whoseClientLeaves_givesItsRoomBackOnce() throws IOException {
        connection.takes = 0;
        AnswerWriter writer = writer(100_000);
        writer.onWritePossible();
        writer.onError(new IOException("reset"));
        writer.onError(new IOException("reset again"));

        assertThat(memory.used()).isZero();
        assertThat(written).hasValue(1);
    }

    @Test
    void answer_thatFindsNoRoom_isRefused() {
        room.require(LIMIT);

        AnswerRoom second = new AnswerRoom(memory);
        assertThat(second.hold(AnswerRoom.UNCOUNTED_BYTES)).isTrue();
        assertThat(second.hold(AnswerRoom.UNCOUNTED_BYTES + 1)).isFalse();
        assertThatThrownBy(() -> second.require(AnswerRoom.UNCOUNTED_BYTES + 1)).isInstanceOf(TryLaterException.class);
        assertThat(memory.used()).isEqualTo(LIMIT);
    }

    @Test
    void room_thatShrinks_isThereForOthers() {
        room.require(LIMIT);
        room.shrinkTo(LIMIT / 4);

        assertThat(new AnswerRoom(memory).hold(LIMIT / 2)).isTrue();
        room.release();
        room.release();
        assertThat(memory.used()).isEqualTo(LIMIT / 2);
    }

    /** Of a query that is still being made when its timeout is answered. */
    @Test
    void room_thatWasReleased_isNotTakenAgain() {
        room.release();

        assertThat(room.hold(100_000)).isFalse();
        assertThat(memory.used()).isZero();
    }

    private AnswerWriter writer(int bytes) {
        content.add(new byte[bytes], 0, bytes, false);
        room.require(bytes);
        AnswerWriter writer = new AnswerWriter(
                connection,
                content,
                room,
                memory,
                false,
                written::incrementAndGet,
                written::incrementAndGet,
                closed::incrementAndGet);
        writer.start();
        return writer;
    }

    /** Takes some bytes, and is not ready afterwards. */
    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int takes = LIMIT;
        private boolean broken;

        @Override
        public boolean isReady() {
            return bytes.size() < takes;
        }

        @Override
        public void write(int one) throws IOException {
            if (broken) {
                throw new IOException("Connection reset");
            }
            bytes.write(one);
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // The test calls it itself.
        }
    }
}
