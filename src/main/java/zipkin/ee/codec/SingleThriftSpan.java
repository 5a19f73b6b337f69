package zipkin.ee.codec;

import java.nio.ByteBuffer;

/**
 * A message that is one thrift span instead of a list, as early reporters to Kafka and Jaeger's
 * {@code zipkin-thrift} encoding write it. It begins with the header of a field, whose type (a
 * signed byte up to 16) differs from the first byte of a list.
 */
public final class SingleThriftSpan {
    private static final byte STRUCT = 12;
    private static final int LIST_HEADER_BYTES = 5;

    private SingleThriftSpan() {}

    /** Whether a message is a single span, by its first bytes. */
    public static boolean is(byte[] message) {
        return message.length > 1
                && message[0] <= 16
                && !EncodingDetector.isBinaryList(message)
                && !EncodingDetector.isJson(message);
    }

    /** Returns the span as a list of one. */
    public static byte[] asList(byte[] message) {
        return ByteBuffer.allocate(LIST_HEADER_BYTES + message.length)
                .put(STRUCT)
                .putInt(1)
                .put(message)
                .array();
    }
}
