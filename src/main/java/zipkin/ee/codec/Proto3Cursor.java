package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in a proto3 message. Methods read what is at the position and move behind it. At the
 * end of the message and for numbers that are too long they throw
 * {@link IndexOutOfBoundsException}. Used by one thread.
 */
final class Proto3Cursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] body;
    int position;

    Proto3Cursor(byte[] body, int position) {
        this.body = body;
        this.position = position;
    }

    /** Reads a number of up to 32 bits, by the rules of zipkin2. */
    int varint32() {
        byte first = body[position++];
        if (first >= 0) {
            return first;
        }
        int value = first & 0x7f;
        for (int shift = 7; shift < Integer.SIZE; shift += 7) {
            byte next = body[position++];
            if (shift == 28 && (next & 0xf0) != 0) {
                throw new IndexOutOfBoundsException("A number has more than 32 bits");
            }
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }

    /** Reads a number of up to 64 bits, by the rules of zipkin2. */
    long varint64() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = body[position++];
            if (shift == 63 && (next & 0xf0) != 0) {
                throw new IndexOutOfBoundsException("A number has more than 64 bits");
            }
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }

    long fixed64() {
        long value = (long) LONGS.get(body, position);
        position += Long.BYTES;
        return value;
    }

    /**
     * Returns where the value of a field ends, at most the end of the message. Moves to where it
     * begins, behind its length. The end is before the position if the length is negative.
     */
    int valueEnd(int wireType) {
        return switch (wireType) {
            case VARINT -> {
                int end = position;
                while (end < body.length && body[end++] < 0) {
                    // the last byte of a number is the first without the high bit
                }
                yield end;
            }
            case FIXED64 -> position + Math.min(Long.BYTES, body.length - position);
            case FIXED32 -> position + Math.min(Integer.BYTES, body.length - position);
            case BYTES -> {
                int length = varint32();
                yield position + Math.min(length, body.length - position);
            }
            default -> throw new IndexOutOfBoundsException("There is no wire type " + wireType);
        };
    }
}
