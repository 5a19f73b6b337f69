package zipkin.ee.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerContentTest {
    private final AnswerContent content = new AnswerContent();

    @Test
    void parts_ofAllSizes_areSentInOrder() throws IOException {
        byte[] expected = new byte[300_000];
        new Random(19).nextBytes(expected);
        int at = 0;
        for (int size = 1; at < expected.length; size *= 3) {
            int count = Math.min(size, expected.length - at);
            content.add(expected, at, count, false);
            at += count;
        }

        assertThat(content.size()).isEqualTo(expected.length);
        assertThat(sent(1000)).isEqualTo(expected);
    }

    @Test
    void smallArray_thatIsChangedAfterwards_wasCopied() throws IOException {
        byte[] buffer = "before".getBytes(UTF_8);
        content.add(buffer, 0, buffer.length, false);
        buffer[0] = 'X';

        assertThat(sent(100)).asString(UTF_8).isEqualTo("before");
    }

    @Test
    void largeArray_isNotCopied() throws IOException {
        byte[] large = new byte[AnswerContent.KEPT_BYTES];
        content.add(large, 0, large.length, false);
        large[0] = 'X';

        assertThat(sent(large.length)).isEqualTo(large);
    }

    @Test
    void content_thatWasCleared_isNotSentAsIfItWereWhole() {
        content.add(new byte[10], 0, 10, false);
        content.clear();

        assertThatThrownBy(() -> sent(100)).isInstanceOf(IOException.class);
    }

    private byte[] sent(int chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (content.send(out, chunk) > 0) {}
        return out.toByteArray();
    }
}
