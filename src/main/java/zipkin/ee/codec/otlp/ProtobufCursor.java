package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A position in a protobuf message, field by field. Unlike the cursor for Zipkin's own messages,
 * which follows zipkin2, it refuses every length, number and wire type that protobuf does not
 * allow. Used by one thread.
 */
final class ProtobufCursor {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int START_GROUP = 3;
    private static final int END_GROUP = 4;
    private static final int FIXED32 = 5;
    private static final int MAX_GROUPS = 255;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] body;
    private int position;
    private int end;
    private int field;
    private int wireType;

    ProtobufCursor(byte[] body) {
        this.body = body;
        this.end = body.length;
    }

    int position() {
        return position;
    }

    /** Moves back to where {@link #position} was in the same message. */
    void moveTo(int earlier) {
        position = earlier;
    }

    /** Reads the key of the next field; false at the end of the message. */
    boolean next() {
        if (position == end) {
            return false;
        }
        long key = number();
        field = (int) (key >>> 3);
        wireType = (int) key & 7;
        if (field == 0 || key >>> 32 != 0) {
            throw OtlpProblem.malformed("no field has the number " + (key >>> 3));
        }
        return true;
    }

    /** The number of the field that {@link #next} found. Its value has to be read or skipped. */
    int field() {
        return field;
    }

    /** Begins a message in the current field. Returns what {@link #leave} needs. */
    int enter() {
        int length = length();
        int outerEnd = end;
        end = position + length;
        return outerEnd;
    }

    /** Ends a message of which {@link #next} has found the end. */
    void leave(int outerEnd) {
        end = outerEnd;
    }

    /** Invalid UTF-8 becomes U+FFFD. */
    String text() {
        int from = from();
        return new String(body, from, position - from, UTF_8);
    }

    /** Moves behind the bytes of a field, to {@link #position}, and returns where they begin. */
    int from() {
        int length = length();
        position += length;
        return position - length;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(body, from(), position);
    }

    OtlpId id() {
        return OtlpId.ofBytes(body, from(), position);
    }

    long varint() {
        expect(VARINT);
        return number();
    }

    long uint32() {
        return varint() & 0xffff_ffffL;
    }

    long fixed64() {
        expect(FIXED64);
        require(Long.BYTES);
        position += Long.BYTES;
        return (long) LONGS.get(body, position - Long.BYTES);
    }

    void skip() {
        skip(0);
    }

    private void skip(int groups) {
        switch (wireType) {
            case VARINT -> number();
            case FIXED64 -> forward(Long.BYTES);
            case BYTES -> forward(length());
            case FIXED32 -> forward(Integer.BYTES);
            case START_GROUP -> skipGroup(groups + 1);
            default -> throw OtlpProblem.malformed("field " + field + " has wire type " + wireType);
        }
    }

    private void skipGroup(int groups) {
        if (groups > MAX_GROUPS) {
            throw OtlpProblem.exceeded(MAX_GROUPS + " levels of groups");
        }
        int group = field;
        while (next()) {
            if (wireType == END_GROUP && field == group) {
                return;
            }
            skip(groups);
        }
        throw OtlpProblem.malformed("group " + group + " has no end");
    }

    private void expect(int type) {
        if (wireType != type) {
            throw OtlpProblem.malformed("field " + field + " has wire type " + wireType + " instead of " + type);
        }
    }

    private int length() {
        expect(BYTES);
        long length = number();
        if (length < 0 || length > end - position) {
            throw OtlpProblem.malformed("field " + field + " is longer than the message");
        }
        return (int) length;
    }

    private void forward(int bytes) {
        require(bytes);
        position += bytes;
    }

    private void require(int bytes) {
        if (bytes > end - position) {
            throw OtlpProblem.malformed("the message is cut off");
        }
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(1);
            byte next = body[position++];
            if (shift == 63 && next >>> 1 != 0) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw OtlpProblem.malformed("a number has more than 64 bits");
    }
}
