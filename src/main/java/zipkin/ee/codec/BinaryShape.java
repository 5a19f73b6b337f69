package zipkin.ee.codec;

import java.nio.ByteBuffer;

/** Recognizes binary lists by their first bytes, in bodies that were not declared as binary. */
final class BinaryShape {
    private static final int LIST_HEADER_BYTES = 5;
    private static final byte PROTO3_SPAN = 10;
    private static final byte THRIFT_STRING = 11;
    private static final byte THRIFT_STRUCT = 12;

    /** Bits of the wire types of proto3: varint, fixed64, bytes, fixed32. */
    private static final int WIRE_TYPES = 1 | 1 << 1 | 1 << 2 | 1 << 5;

    /** Bits of the types of TBinary, including 0, which ends a struct. */
    private static final int THRIFT_TYPES = 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 8 | 0x3f << 10;

    private BinaryShape() {}

    /** Whether the body begins with a span that begins with a field and ends within the body. */
    static boolean isProto3List(byte[] body) {
        if (body.length < 3 || body[0] != PROTO3_SPAN) {
            return false;
        }
        Proto3Cursor in = new Proto3Cursor(body, 1);
        try {
            int length = in.varint32();
            if (length <= 0 || length > body.length - in.position) {
                return false;
            }
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
        int key = body[in.position];
        return (key < 0 || key >>> 3 > 0) && (WIRE_TYPES & 1 << (key & 7)) != 0;
    }

    /**
     * Whether the first element begins with a field and the body is long enough for all elements.
     */
    static boolean isThriftList(byte[] body) {
        if (body.length < LIST_HEADER_BYTES || (body[0] != THRIFT_STRING && body[0] != THRIFT_STRUCT)) {
            return false;
        }
        int count = ByteBuffer.wrap(body, 1, Integer.BYTES).getInt();
        if (count < 0 || count > body.length - LIST_HEADER_BYTES) {
            return false;
        }
        return count == 0 || isThriftType(body[LIST_HEADER_BYTES]);
    }

    private static boolean isThriftType(byte type) {
        return type >= 0 && type < 16 && (THRIFT_TYPES & 1 << type) != 0;
    }
}
