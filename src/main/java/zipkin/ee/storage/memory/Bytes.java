package zipkin.ee.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in bytes. */
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

    /** Writes seven bits a byte, the lowest first, and returns where they end. */
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

    /** Small for what is near 0 on either side. */
    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
