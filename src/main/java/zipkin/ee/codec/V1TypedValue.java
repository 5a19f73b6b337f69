package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Formats typed values of thrift binary annotations as in v1 JSON: {@code true} and {@code false},
 * decimal numbers, and Base64 for bytes and for values whose length does not fit their type. Source
 * of the types: zipkinCore.thrift.
 */
final class V1TypedValue {
    static final int BOOL = 0;
    static final int TEXT = 6;

    private static final int I16 = 2;
    private static final int I32 = 3;
    private static final int I64 = 4;
    private static final int DOUBLE = 5;

    private V1TypedValue() {}

    /** Whether a type is a known one other than text. */
    static boolean isTyped(int type) {
        return type >= BOOL && type < TEXT;
    }

    /** Formats {@code body[from, to)}. */
    static String text(byte[] body, int from, int to, int type) {
        ByteBuffer value = ByteBuffer.wrap(body, from, to - from);
        int length = to - from;
        if (type == BOOL && length == 1 && (body[from] == 0 || body[from] == 1)) {
            return Boolean.toString(body[from] == 1);
        }
        if (type == I16 && length == Short.BYTES) {
            return Short.toString(value.getShort());
        }
        if (type == I32 && length == Integer.BYTES) {
            return Integer.toString(value.getInt());
        }
        if (type == I64 && length == Long.BYTES) {
            return Long.toString(value.getLong());
        }
        if (type == DOUBLE && length == Double.BYTES) {
            return Double.toString(value.getDouble());
        }
        return ISO_8859_1.decode(Base64.getEncoder().encode(value)).toString();
    }
}
