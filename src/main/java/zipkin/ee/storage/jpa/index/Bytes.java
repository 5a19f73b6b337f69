package zipkin.ee.storage.jpa.index;

import java.util.Arrays;

/**
 * A growing array of bytes with variable-length numbers: seven bits a byte, lowest first, the top
 * bit when more follow.
 */
public final class Bytes {
    private byte[] array;
    private int position;

    /** Empty, for writing. */
    public Bytes() {
        array = new byte[256];
    }

    /** For reading. */
    public Bytes(byte[] bytes) {
        array = bytes;
    }

    public void writeByte(int value) {
        if (position == array.length) {
            array = Arrays.copyOf(array, array.length * 2);
        }
        array[position++] = (byte) value;
    }

    public void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    public void writeLong(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            writeByte((int) (value >>> shift));
        }
    }

    public int readByte() {
        return array[position++] & 0xff;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    public long readLong() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | readByte();
        }
        return value;
    }

    boolean atEnd() {
        return position == array.length;
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, position);
    }
}
