package zipkin.ee.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ReceivedBodyTest {
    private static final int MAX_BYTES = 1_000_000;

    private final BodyBudget budget = new BodyBudget(2_000_000);

    @Test
    void body_ofUnknownLength_growsAsItArrives() throws IOException {
        byte[] sent = bytes(300_000);
        ReceivedBody body = new ReceivedBody(budget, MAX_BYTES);

        assertThat(readAll(body, sent)).isNull();

        assertThat(body.bytes()).isEqualTo(sent);
    }

    @Test
    void body_announcedTooLarge_isRefusedBeforeItArrives() {
        assertThat(new ReceivedBody(budget, MAX_BYTES).expect(MAX_BYTES + 1)).isEqualTo(ReceivedBody.State.TOO_LARGE);
        assertThat(budget.used()).isZero();
    }

    @Test
    void body_ofExactlyTheBound_isTaken() throws IOException {
        ReceivedBody body = new ReceivedBody(budget, MAX_BYTES);

        assertThat(readAll(body, bytes(MAX_BYTES))).isNull();
        assertThat(body.bytes()).hasSize(MAX_BYTES);
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
