package zipkin.ee.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.NoRoomException;

class ReceivedBodyTest {
    private static final int MAX_BYTES = 1_000_000;

    private final Budget budget = new Budget(2_000_000);
    private final BodyInflater inflater = new BodyInflater(MAX_BYTES, budget);

    @Test
    void body_ofUnknownLength_growsAsItArrives() throws IOException {
        byte[] sent = bytes(300_000);
        ReceivedBody body = new ReceivedBody(budget, MAX_BYTES);

        assertThat(readAll(body, sent)).isNull();

        assertThat(body.message(0, ContentCoding.IDENTITY, inflater)).isEqualTo(sent);
    }

    @Test
    void body_announcedTooLarge_isRefusedBeforeItArrives() {
        assertThat(new ReceivedBody(budget, MAX_BYTES).expect(MAX_BYTES + 1)).isEqualTo(ReceivedBody.State.TOO_LARGE);
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_ofExactlyTheBound_isTaken() throws IOException {
        ReceivedBody body = new ReceivedBody(new Budget(3 * MAX_BYTES), MAX_BYTES);

        assertThat(readAll(body, bytes(MAX_BYTES))).isNull();
        assertThat(body.message(0, ContentCoding.IDENTITY, inflater)).hasSize(MAX_BYTES);
    }

    @Test
    void body_beyondTheBound_isRefused() throws IOException {
        ReceivedBody body = new ReceivedBody(budget, MAX_BYTES);

        assertThat(readAll(body, bytes(MAX_BYTES + 1))).isEqualTo(ReceivedBody.State.TOO_LARGE);
    }

    @Test
    void bodies_beyondTheBudget_findNoRoomUntilOthersAreReleased() throws IOException {
        ReceivedBody first = new ReceivedBody(budget, MAX_BYTES);
        ReceivedBody second = new ReceivedBody(budget, MAX_BYTES);
        readAll(first, bytes(900_000));

        assertThat(readAll(second, bytes(1_000_000))).isEqualTo(ReceivedBody.State.NO_ROOM);

        first.release();
        second.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_thatIsOnlyAnnounced_takesLittle() {
        assertThat(new ReceivedBody(budget, MAX_BYTES).expect(MAX_BYTES)).isNull();

        assertThat(budget.used()).isLessThanOrEqualTo(64 * 1024 + 1);
    }

    @Test
    void message_ofABodyOfAnnouncedLength_isItsArray_andCountedOnce() throws IOException {
        ReceivedBody body = ReceivedBodies.of(bytes(300_000), budget);

        assertThat(body.message(0, ContentCoding.IDENTITY, inflater)).isEqualTo(bytes(300_000));
        assertThat(budget.used()).isEqualTo(300_000);

        body.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void message_behindAPrefix_isACopy_andWhatArrivedIsGivenBack() throws IOException {
        ReceivedBody body = ReceivedBodies.of(bytes(1000), budget);

        assertThat(body.start(2)).containsExactly(0, 1);
        assertThat(body.message(5, ContentCoding.IDENTITY, inflater))
                .hasSize(995)
                .startsWith(5, 6);
        assertThat(budget.used()).isEqualTo(995);
    }

    @Test
    void message_thatIsInflated_isCountedInsteadOfWhatArrived() throws IOException {
        ReceivedBody body = ReceivedBodies.of(GzipFiles.gzip(new byte[500_000]), budget);

        assertThat(body.message(0, ContentCoding.GZIP, inflater)).isEqualTo(new byte[500_000]);
        assertThat(budget.used()).isEqualTo(500_000);
    }

    @Test
    void message_thatFindsNoRoomToBeInflated_isRefused_andGivesEverythingBack() {
        Budget small = new Budget(100_000);
        ReceivedBody body = ReceivedBodies.of(GzipFiles.gzip(new byte[500_000]), small);

        assertThatThrownBy(() -> body.message(0, ContentCoding.GZIP, new BodyInflater(MAX_BYTES, small)))
                .isInstanceOf(NoRoomException.class);
        body.release();
        assertThat(small.used()).isZero();
    }

    @Test
    void end_ofABody_countsOnce() {
        ReceivedBody body = new ReceivedBody(budget, MAX_BYTES);

        assertThat(body.end(ReceivedBody.State.LATE)).isTrue();
        assertThat(body.end(ReceivedBody.State.COMPLETE)).isFalse();
        assertThat(body.state()).isEqualTo(ReceivedBody.State.LATE);
    }

    private static ReceivedBody.@org.jspecify.annotations.Nullable State readAll(ReceivedBody body, byte[] sent)
            throws IOException {
        InputStream in = new ByteArrayInputStream(sent);
        while (in.available() > 0) {
            ReceivedBody.State failure = body.readFrom(in);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
