package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A position in a message in TBinary, thrift's binary protocol. Methods read what is at the
 * position and move behind it. At the end of the message they throw
 * {@link IndexOutOfBoundsException} and do not move. Used by one thread.
 */
final class TBinaryCursor {
    static final int STOP = 0;
    static final int BOOL = 2;
    static final int BYTE = 3;
    static final int DOUBLE = 4;
    static final int I16 = 6;
    static final int I32 = 8;
    static final int I64 = 10;
    static final int STRING = 11;
    static final int STRUCT = 12;
    static final int MAP = 13;
    static final int SET = 14;
    static final int LIST = 15;

    /** Bits that a type is shifted by in {@link #field}: {@code STRING << TYPE | 3}. */
    static final int TYPE = Short.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] body;
    int position;

    TBinaryCursor(byte[] body) {
        this.body = body;
    }

    /**
     * Reads the header of the next field of a struct: its type in the upper half and its number in
     * the lower; {@link #STOP} at the end of the struct.
     */
    int field() {
        byte type = readByte();
        return type == STOP ? STOP : type << TYPE | (readShort() & 0xffff);
    }

    byte readByte() {
        byte value = body[position];
        position++;
        return value;
    }

    short readShort() {
        short value = (short) SHORTS.get(body, position);
        position += Short.BYTES;
        return value;
    }

    int readInt() {
        int value = (int) INTS.get(body, position);
        position += Integer.BYTES;
        return value;
    }

    long readLong() {
        long value = (long) LONGS.get(body, position);
        position += Long.BYTES;
        return value;
    }

    /** Reads the length of a string and returns where the string ends. Moves to where it begins. */
    int stringEnd() {
        int length = readInt();
        return Objects.checkFromIndexSize(position, length, body.length) + length;
    }

    /** Moves forward, at most to the end of the message. */
    void skip(int bytes) {
        position += Math.min(bytes, body.length - position);
    }

    boolean isAtEnd() {
        return position == body.length;
    }
}
