package zipkin.ee.differential;

import static zipkin.ee.differential.Bodies.concat;
import static zipkin.ee.differential.Bodies.utf8;

import java.nio.ByteBuffer;

/** Thrift's binary protocol, written piece by piece so that a case can put the wrong piece in. */
final class ThriftBytes {
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

    private ThriftBytes() {}

    static byte[] field(int type, int id, byte[] value) {
        return concat(
                ByteBuffer.allocate(3).put((byte) type).putShort((short) id).array(), value);
    }

    static byte[] bool(boolean value) {
        return new byte[] {(byte) (value ? 1 : 0)};
    }

    static byte[] i16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    static byte[] i32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] i64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] string(String value) {
        return binary(utf8(value));
    }

    static byte[] binary(byte[] value) {
        return concat(i32(value.length), value);
    }

    static byte[] struct(byte[]... fields) {
        return concat(concat(fields), new byte[1]);
    }

    static byte[] list(int type, byte[]... elements) {
        return concat(new byte[] {(byte) type}, i32(elements.length), concat(elements));
    }

    /** A v1 endpoint: ipv4 as a number, port, service name. */
    static byte[] endpoint(int ipv4, int port, String serviceName) {
        return struct(field(I32, 1, i32(ipv4)), field(I16, 2, i16(port)), field(STRING, 3, string(serviceName)));
    }

    static byte[] annotation(long timestampMicros, String value, byte[] host) {
        return struct(field(I64, 1, i64(timestampMicros)), field(STRING, 2, string(value)), field(STRUCT, 3, host));
    }

    /**
     * {@code type} is the v1 annotation type: 0 boolean, 1 bytes, 2 i16, 3 i32, 4 i64, 5 double, 6
     * string.
     */
    static byte[] binaryAnnotation(String key, byte[] value, int type, byte[] host) {
        return struct(
                field(STRING, 1, string(key)),
                field(STRING, 2, binary(value)),
                field(I32, 3, i32(type)),
                field(STRUCT, 4, host));
    }
}
