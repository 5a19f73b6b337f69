package zipkin.ee.codec;

import java.nio.ByteBuffer;

/**
 * A message that is one thrift span and no list, as the first reporters wrote it into Kafka, and as
 * Jaeger's {@code zipkin-thrift} encoding does. It begins with the header of a field, whose type (a
 * signed byte up to 16) is not that of a list.
 */
public final class SingleThriftSpan {
    private static final byte STRUCT = 12;
    private static final int LIST_HEADER_BYTES = 5;

    private SingleThriftSpan() {}

    /** Whether {@code message} is one, as far as its first bytes tell. */
    public static boolean is(byte[] message) {
        return message.length > 1
                && message[0] <= 16
                && !EncodingDetector.isBinaryList(message)
                && !EncodingDetector.isJson(message);
    }

    /** The span as a list of one. */
    public static byte[] asList(byte[] message) {
        return ByteBuffer.allocate(LIST_HEADER_BYTES + message.length)
                .put(STRUCT)
                .putInt(1)
                .put(message)
                .array();
    }
}
