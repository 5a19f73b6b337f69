package zipkin.ee.differential;

import static zipkin.ee.differential.Bodies.concat;
import static zipkin.ee.differential.Bodies.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Protocol Buffers, written piece by piece so that a case can put the wrong piece in. */
final class ProtoBytes {
    private ProtoBytes() {}

    static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] number(int field, long value) {
        return concat(varint((long) field << 3), varint(value));
    }

    static byte[] fixed64(int field, long value) {
        return concat(
                varint((long) field << 3 | 1),
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    static byte[] fixed32(int field, int value) {
        return concat(
                varint((long) field << 3 | 5),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    static byte[] bytes(int field, byte[] value) {
        return concat(varint((long) field << 3 | 2), varint(value.length), value);
    }

    static byte[] text(int field, String value) {
        return bytes(field, utf8(value));
    }

    static byte[] message(int field, byte[]... fields) {
        return bytes(field, concat(fields));
    }

    /** Eight bytes that hold {@code id}, as ids are written. */
    static byte[] id(long id) {
        return ByteBuffer.allocate(8).putLong(id).array();
    }
}
