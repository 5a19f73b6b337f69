package zipkin.ee.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes numbers in byte arrays. */
final class Bytes {
    static final int MAX_VARINT = 10;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static long getLong(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    static void putLong(byte[] data, int at, long value) {
        LONGS.set(data, at, value);
    }

    static int getInt(byte[] data, int at) {
        return (int) INTS.get(data, at);
    }

    static void putInt(byte[] data, int at, int value) {
        INTS.set(data, at, value);
    }

    /** Writes seven bits per byte, the lowest first, and returns the end. */
    static int putVarint(byte[] data, int at, long value) {
        int i = at;
        long left = value;
        while ((left & ~0x7fL) != 0) {
            data[i++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        data[i++] = (byte) left;
        return i;
    }

    /** Maps numbers near 0, negative ones included, to small non-negative numbers. */
    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
