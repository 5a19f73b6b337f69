package zipkin.ee.codec;

import java.util.Arrays;

/**
 * Detects the encoding of a message. A bracket, behind white space and byte order marks, is JSON,
 * and the members of spans decide the version. A first byte up to 16 (signed) is binary: 10
 * followed by anything but zero is a proto3 list; 12 and, from an old reporter, 11 are thrift
 * lists.
 */
public final class EncodingDetector {
    private static final byte JSON_LIST = '[';
    private static final byte JSON_OBJECT = '{';
    private static final byte PROTO3_SPAN = 10;
    private static final byte THRIFT_STRING = 11;
    private static final byte THRIFT_STRUCT = 12;

    private EncodingDetector() {}

    /**
     * Detects the encoding of a message. White space alone is an empty JSON list.
     *
     * @throws MalformedSpansException if it has none of the encodings, with the reference's text
     */
    public static Encoding ofListMessage(byte[] body) {
        if (isJson(body)) {
            return JsonVersion.of(body);
        }
        if (!isBinaryList(body)) {
            boolean binaryOrObject = body.length == 0 || body[0] <= 16 || body[0] == '{';
            throw new MalformedSpansException(
                    binaryOrObject
                            ? "Expected json, proto3 or thrift list encoding"
                            : "Could not detect the span format");
        }
        return body[0] == PROTO3_SPAN ? Encoding.PROTO3 : Encoding.THRIFT;
    }

    /**
     * Detects how to read a body that was posted as {@code expected}. Where JSON is expected, the
     * binary encoding of the same version is accepted too, because senders use many media types for
     * it. Other lists are left to the decoder.
     *
     * @throws MalformedSpansException if the body is not a list, or has a member of the other
     *     version of JSON; with the reference's text, which ends with a newline
     */
    public static Encoding requireFamily(byte[] body, Encoding expected) {
        if (expected == Encoding.JSON_V1 || expected == Encoding.JSON_V2) {
            if (isJson(body)) {
                requireVersion(JsonVersion.posted(body, expected), expected);
                return expected;
            }
            if (expected == Encoding.JSON_V2 && BinaryShape.isProto3List(body)) {
                return Encoding.PROTO3;
            }
            if (expected == Encoding.JSON_V1 && BinaryShape.isThriftList(body)) {
                return Encoding.THRIFT;
            }
        }
        if (!isBinaryList(body) && !beginsWithBracket(body)) {
            throw new MalformedSpansException("Expected a " + expected + " encoded list\n");
        }
        return expected;
    }

    private static void requireVersion(Encoding received, Encoding expected) {
        if (received != expected) {
            throw new MalformedSpansException(
                    "Expected a " + expected + " encoded list, but received: " + received + "\n");
        }
    }

    /**
     * Whether this is a list in JSON, or white space only. A line feed and a bracket may also begin
     * a proto3 list whose first span has 91 bytes, but no field begins like the elements of a list.
     */
    static boolean isJson(byte[] body) {
        int start = JsonText.begin(body);
        if (start == body.length) {
            return start > 0;
        }
        if (body[start] != JSON_LIST) {
            return false;
        }
        return body[0] != PROTO3_SPAN || beginsElements(body, start + 1) || !BinaryShape.isProto3List(body);
    }

    /**
     * Whether this is an object in JSON. A line feed and a brace may also begin a message in
     * protobuf whose first field has 123 bytes, but no nested field begins like the members of an
     * object: their names hold no control characters.
     */
    public static boolean isJsonObject(byte[] body) {
        int start = JsonText.begin(body);
        return start < body.length
                && body[start] == JSON_OBJECT
                && (body[0] != PROTO3_SPAN || beginsMembers(body, start + 1));
    }

    /** Whether this is an object in JSON whose first member has one of these names. */
    public static boolean isJsonObjectOf(byte[] body, String... firstMember) {
        if (!isJsonObject(body)) {
            return false;
        }
        int quote = JsonText.skipSpace(body, JsonText.begin(body) + 1);
        if (quote == body.length || body[quote] != '"') {
            return false;
        }
        int end = JsonText.endOfString(body, quote + 1);
        return Arrays.stream(firstMember).anyMatch(name -> JsonText.isKey(body, quote + 1, end, name));
    }

    private static boolean beginsMembers(byte[] body, int from) {
        int at = JsonText.skipSpace(body, from);
        if (at == body.length || body[at] != '"') {
            return at == body.length || body[at] == '}';
        }
        return at + 1 == body.length || body[at + 1] < 0 || body[at + 1] >= ' ';
    }

    private static boolean beginsElements(byte[] body, int from) {
        int at = JsonText.skipSpace(body, from);
        if (at == body.length || body[at] != '{') {
            return at < body.length && body[at] == ']';
        }
        int member = JsonText.skipSpace(body, at + 1);
        return member == body.length || body[member] == '"' || body[member] == '}';
    }

    private static boolean beginsWithBracket(byte[] body) {
        return body.length > 0 && body[0] == JSON_LIST;
    }

    /**
     * Whether the first bytes are those of a list in proto3 or thrift, or JSON behind a line feed.
     */
    static boolean isBinaryList(byte[] body) {
        if (body.length == 0) {
            return false;
        }
        return switch (body[0]) {
            case THRIFT_STRING, THRIFT_STRUCT -> true;
            case PROTO3_SPAN -> body.length > 1 && body[1] != 0;
            default -> false;
        };
    }
}
