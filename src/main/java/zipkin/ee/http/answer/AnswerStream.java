package zipkin.ee.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The stream to an {@link Answer}. It is always ready, and a flush sends nothing. */
final class AnswerStream extends ServletOutputStream {
    private final Answer answer;

    AnswerStream(Answer answer) {
        this.answer = answer;
    }

    @Override
    public void write(int one) {
        answer.add(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        answer.add(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
