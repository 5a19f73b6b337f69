package zipkin.ee.codec;

import java.nio.ByteBuffer;

/**
 * Whether a body that was not announced as binary has the shape of a binary list, as far as its
 * first bytes tell.
 */
final class BinaryShape {
    private static final int LIST_HEADER_BYTES = 5;
    private static final byte PROTO3_SPAN = 10;
    private static final byte THRIFT_STRING = 11;
    private static final byte THRIFT_STRUCT = 12;

    /** Wire types of Protocol Buffers that are in use: varint, fixed64, bytes, fixed32. */
    private static final int WIRE_TYPES = 1 | 1 << 1 | 1 << 2 | 1 << 5;

    /** Types of thrift's binary protocol, and 0, which ends a struct. */
    private static final int THRIFT_TYPES = 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 8 | 0x3f << 10;

    private BinaryShape() {}

    /** A span that ends within the body and begins with a field. */
    static boolean isProto3List(byte[] body) {
        if (body.length < 3 || body[0] != PROTO3_SPAN) {
            return false;
        }
        long length = 0;
        int at = 1;
        for (int shift = 0; ; shift += 7) {
            if (shift > 28 || at == body.length) {
                return false;
            }
            byte next = body[at++];
            length |= (next & 0x7fL) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (length == 0 || length > body.length - at) {
            return false;
        }
        int key = body[at];
        return (key < 0 || key >>> 3 > 0) && (WIRE_TYPES & 1 << (key & 7)) != 0;
    }

    /** A list that may have as many elements as it says, the first of which begins with a field. */
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
