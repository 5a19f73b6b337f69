package zipkin.ee.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one message in the <a
 * href="https://protobuf.dev/programming-guides/encoding/">encoding of Protocol Buffers</a>.
 * Numbers of 0 and empty texts are left out, as proto3 demands, but for members of a oneof, whose
 * presence has a meaning.
 */
public final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public ProtoWriter number(int field, long value) {
        return value == 0 ? this : numberMember(field, value);
    }

    public ProtoWriter fixed64(int field, long value) {
        return value == 0 ? this : little(field, value);
    }

    public ProtoWriter text(int field, String value) {
        return value.isEmpty() ? this : textMember(field, value);
    }

    public ProtoWriter bytes(int field, byte[] value) {
        return value.length == 0 ? this : bytesMember(field, value);
    }

    /** A number, or a boolean as 0 or 1, in a oneof. */
    public ProtoWriter numberMember(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** A double in a oneof. */
    public ProtoWriter doubleMember(int field, double value) {
        return little(field, Double.doubleToRawLongBits(value));
    }

    /** A text in a oneof. */
    public ProtoWriter textMember(int field, String value) {
        return bytesMember(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes in a oneof. */
    public ProtoWriter bytesMember(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    public ProtoWriter message(int field, ProtoWriter value) {
        return bytesMember(field, value.toBytes());
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    private ProtoWriter little(int field, long value) {
        tag(field, FIXED64);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
