package zipkin.ee.http.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Budget;
import zipkin.ee.codec.Encoding;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ReceivedBodies;

/** Nothing but a message within the bound or a refusal comes of any frame. */
class UnaryFrameFuzzTest {
    private static final int MAX_BYTES = 4_096;
    private static final @Nullable String[] ENCODINGS = {null, "identity", "gzip", "deflate", "snappy", "GZIP", ""};

    private final BodyInflater inflater = new BodyInflater(MAX_BYTES, new Budget(Long.MAX_VALUE));

    private interface Compressor {
        OutputStream open(OutputStream out) throws IOException;
    }

    @Test
    void mutatedFrames_areReadOrRefused() throws IOException {
        byte[] small = SpanMutator.corpus(Encoding.PROTO3).get(0);
        byte[] large = "x".repeat(2 * MAX_BYTES).getBytes(UTF_8);
        SpanMutator mutator = new SpanMutator(
                List.of(
                        UnaryFrame.of(new byte[0]),
                        frame(0, small),
                        frame(1, compressed(small, GZIPOutputStream::new)),
                        frame(1, compressed(small, DeflaterOutputStream::new)),
                        frame(1, compressed(large, GZIPOutputStream::new))),
                9411);
        SplittableRandom random = new SplittableRandom(9411);
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] body = mutator.next();
            setLength(body, random.nextInt(4));
            try {
                byte[] message = UnaryFrame.message(
                        ReceivedBodies.of(body), ENCODINGS[random.nextInt(ENCODINGS.length)], inflater);
                read++;
                if (message.length > Math.max(MAX_BYTES, body.length)) {
                    assertThat(message).as("mutation %s", i).hasSizeLessThanOrEqualTo(MAX_BYTES);
                }
            } catch (UnaryFrame.WrongFrameException e) {
                if (e.status().code() == 0) {
                    assertThat(e.status().code()).as("mutation %s", i).isPositive();
                }
            }
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 200, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 200);
    }

    /** Makes the prefix right in most frames, which would end each try at once. */
    private static void setLength(byte[] body, int chance) {
        if (chance > 0 && body.length >= 5) {
            ByteBuffer.wrap(body).putInt(1, body.length - 5);
        }
    }

    private static byte[] frame(int compressed, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) compressed)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] compressed(byte[] message, Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.open(bytes)) {
            out.write(message);
        }
        return bytes.toByteArray();
    }
}
