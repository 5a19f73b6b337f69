package zipkin.ee.transport.scribe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.hostile.Fuzzing;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class LogCallTest {
    private static final Span SPAN =
            Span.newBuilder().traceId("a").id("b").name("get").build();
    private static final byte[] MESSAGE = Base64.getEncoder().encode(SpanBytesEncoder.THRIFT.encode(SPAN));

    @Test
    void entriesOfTheCategory_areOneList_othersAreLeft() throws ThriftInput.WrongFrameException {
        LogCall call = read(call(true, "zipkin", "access", "zipkin"), "zipkin");

        assertThat(call.name()).isEqualTo("Log");
        assertThat(call.sequence()).isEqualTo(77);
        assertThat(SpanBytesDecoder.THRIFT.decodeList(call.list())).containsExactly(SPAN, SPAN);
    }

    @Test
    void callWithoutVersion_isReadAlike() throws ThriftInput.WrongFrameException {
        LogCall call = read(call(false, "zipkin"), "zipkin");

        assertThat(call.sequence()).isEqualTo(77);
        assertThat(SpanBytesDecoder.THRIFT.decodeList(call.list())).containsExactly(SPAN);
    }

    @Test
    void entryThatIsNotBase64_isCounted() throws ThriftInput.WrongFrameException {
        byte[] frame = call(true, "zipkin");
        frame[frame.length - 12] = '='; // in the middle of the text
        assertThat(read(frame.clone(), "zipkin").badEntries()).isEqualTo(1);
        assertThat(read(frame.clone(), "zipkin").list()).isEmpty();
        assertThat(read(frame, "access").badEntries()).isZero();
    }

    @Test
    void list_thatFindsNoRoom_isNotMade() {
        assertThatThrownBy(() -> LogCall.read(call(true, "zipkin"), "zipkin", bytes -> {
                    throw new NoRoomException(bytes, 0);
                }))
                .isInstanceOf(NoRoomException.class);
    }

    @Test
    void frame_thatIsAnythingElse_isRefused() {
        for (byte[] frame : List.of(
                new byte[0],
                "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8),
                new byte[] {(byte) 0x80, 1, 0, 1, 0x7f, -1, -1, -1},
                new byte[] {(byte) 0x80, 2, 0, 1, 0, 0, 0, 0})) {
            assertThatThrownBy(() -> read(frame, "zipkin")).isInstanceOf(ThriftInput.WrongFrameException.class);
        }
    }

    @Test
    void listThatTellsMoreThanItHas_isRefusedBeforeAnythingIsMade() {
        ByteBuffer frame = ByteBuffer.allocate(64);
        frame.putInt(0x8001_0001).putInt(3).put("Log".getBytes(UTF_8)).putInt(1);
        frame.put((byte) 15).putShort((short) 1).put((byte) 12).putInt(Integer.MAX_VALUE);

        assertThatThrownBy(() -> read(frame.array(), "zipkin"))
                .isInstanceOf(ThriftInput.WrongFrameException.class)
                .hasMessageContaining("2147483647 elements");
    }

    /** Nothing but a call or a refusal comes of any frame. */
    @Test
    void mutatedFrames_areReadOrRefused() {
        Random random = new Random(9410);
        byte[] good = call(true, "zipkin", "zipkin", "other");
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] frame = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            try {
                read(frame, "zipkin");
                read++;
            } catch (ThriftInput.WrongFrameException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 200, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 200);
    }

    @Test
    void replies_areFramesOfThrift() throws ThriftInput.WrongFrameException {
        LogCall call = read(call(true), "zipkin");

        ByteBuffer reply = call.reply(false);
        assertThat(reply.getInt()).isEqualTo(reply.remaining());
        assertThat(reply.getInt()).isEqualTo(0x8001_0002);
        assertThat(reply.get(reply.limit() - 2)).isEqualTo((byte) 1);
        ByteBuffer failure = call.failure(LogCall.PROTOCOL_ERROR, "größer");
        assertThat(failure.getInt()).isEqualTo(failure.remaining());
        assertThat(failure.getInt()).isEqualTo(0x8001_0003);
        assertThat(UTF_8.decode(failure.slice()).toString()).contains("größer");
    }

    private static LogCall read(byte[] frame, String category) throws ThriftInput.WrongFrameException {
        return LogCall.read(frame, category, bytes -> {});
    }

    private static byte[] call(boolean version, String... categories) {
        ByteBuffer frame = ByteBuffer.allocate(4096);
        if (version) {
            frame.putInt(0x8001_0001).putInt(3).put("Log".getBytes(UTF_8)).putInt(77);
        } else {
            frame.putInt(3).put("Log".getBytes(UTF_8)).put((byte) 1).putInt(77);
        }
        frame.put((byte) 15).putShort((short) 1).put((byte) 12).putInt(categories.length);
        for (String category : categories) {
            frame.put((byte) 11).putShort((short) 1).putInt(category.length()).put(category.getBytes(UTF_8));
            frame.put((byte) 8).putShort((short) 9).putInt(5); // a field that is unknown
            frame.put((byte) 11).putShort((short) 2).putInt(MESSAGE.length).put(MESSAGE);
            frame.put((byte) 0);
        }
        frame.put((byte) 0);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
