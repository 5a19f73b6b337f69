package zipkin.ee.codec;

/**
 * Tells an encoding by its bytes. A first byte up to 16, taken as signed, is binary: 10 and then anything but zero is a proto3
 * list, 12 is a thrift list, and so is 11, as an old reporter wrote it. A bracket is JSON: v2 when a field of v2 is in it.
 */
public final class EncodingDetector {
    private static final byte JSON_LIST = '[';
    private static final byte PROTO3_SPAN = 10;
    private static final byte THRIFT_STRING = 11;
    private static final byte THRIFT_STRUCT = 12;

    private static final BytePattern V2_ENDPOINT = new BytePattern("Endpoint\"", 0);
    private static final BytePattern V2_TAGS = new BytePattern("\"tags\"", 3);
    private static final BytePattern V1_BINARY_ANNOTATIONS = new BytePattern("yAnnotations\"", 1);

    private EncodingDetector() {}

    /**
     * The encoding of a message that does not say.
     *
     * @throws MalformedSpansException when it is none, with the reference's text
     */
    public static Encoding ofListMessage(byte[] body) {
        if (!isList(body)) {
            boolean binaryOrObject = body.length == 0 || body[0] <= 16 || body[0] == '{';
            throw new MalformedSpansException(
                    binaryOrObject
                            ? "Expected json, proto3 or thrift list encoding"
                            : "Could not detect the span format");
        }
        if (body[0] == JSON_LIST) {
            return V2_ENDPOINT.isIn(body) || V2_TAGS.isIn(body) ? Encoding.JSON_V2 : Encoding.JSON_V1;
        }
        return body[0] == PROTO3_SPAN ? Encoding.PROTO3 : Encoding.THRIFT;
    }

    /**
     * Refuses a body posted as {@code expected} that is no list at all, or that has a field which only the other version of JSON has.
     * Any kind of list passes else: the decoder will find out.
     *
     * @throws MalformedSpansException with the reference's text, which ends with a newline
     */
    public static void requireFamily(byte[] body, Encoding expected) {
        if (!isList(body)) {
            throw new MalformedSpansException("Expected a " + expected + " encoded list\n");
        }
        Encoding received =
                switch (expected) {
                    case JSON_V2 -> V1_BINARY_ANNOTATIONS.isIn(body) ? Encoding.JSON_V1 : expected;
                    case JSON_V1 -> V2_ENDPOINT.isIn(body) || V2_TAGS.isIn(body) ? Encoding.JSON_V2 : expected;
                    case THRIFT, PROTO3 -> expected;
                };
        if (received != expected) {
            throw new MalformedSpansException(
                    "Expected a " + expected + " encoded list, but received: " + received + "\n");
        }
    }

    static boolean isList(byte[] body) {
        if (body.length == 0) {
            return false;
        }
        return switch (body[0]) {
            case JSON_LIST, THRIFT_STRING, THRIFT_STRUCT -> true;
            case PROTO3_SPAN -> body.length > 1 && body[1] != 0;
            default -> false;
        };
    }
}
