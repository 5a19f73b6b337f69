package zipkin.ee.transport.scribe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.Encoding;
import zipkin.ee.hostile.Fuzzing;
import zipkin.ee.hostile.SpanMutator;

/**
 * Nothing but a call or a refusal comes of any frame, and a call holds no more than the frame did.
 */
class LogCallFuzzTest {
    @Test
    void mutatedFrames_areReadOrRefused() {
        SpanMutator mutator =
                new SpanMutator(List.of(call(1, true), call(3, true), call(2, false), call(0, true)), 9410);
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] frame = mutator.next();
            try {
                LogCall call = LogCall.read(frame, "zipkin", bytes -> {});
                read++;
                int bytes = call.list().length;
                if (bytes > 5 + frame.length) {
                    assertThat(bytes).as("mutation %s", i).isLessThanOrEqualTo(5 + frame.length);
                }
            } catch (ThriftInput.WrongFrameException e) {
                if (e.getMessage() == null) {
                    assertThat(e).as("mutation %s", i).hasMessageContaining(" ");
                }
            }
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 200, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 200);
    }

    private static byte[] call(int entries, boolean version) {
        byte[] list = SpanMutator.corpus(Encoding.THRIFT).get(0);
        byte[] message = Base64.getEncoder().encode(Arrays.copyOfRange(list, 5, list.length));
        ByteBuffer frame = ByteBuffer.allocate(64 + entries * (64 + message.length));
        if (version) {
            frame.putInt(0x8001_0001).putInt(3).put("Log".getBytes(UTF_8)).putInt(77);
        } else {
            frame.putInt(3).put("Log".getBytes(UTF_8)).put((byte) 1).putInt(77);
        }
        frame.put((byte) 15).putShort((short) 1).put((byte) 12).putInt(entries);
        for (int i = 0; i < entries; i++) {
            frame.put((byte) 11).putShort((short) 1).putInt(6).put("zipkin".getBytes(UTF_8));
            frame.put((byte) 8).putShort((short) 9).putInt(5); // a field that is unknown
            frame.put((byte) 11).putShort((short) 2).putInt(message.length).put(message);
            frame.put((byte) 0);
        }
        frame.put((byte) 0);
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
