package zipkin.ee.transport.grpc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The status of a call, which its trailers carry.
 *
 * @param code a number of gRPC's <a
 *     href="https://github.com/grpc/grpc/blob/master/doc/statuscodes.md">status codes</a>
 * @param message for people; empty when there is nothing to say
 */
record Status(int code, String message) {
    static final Status OK = new Status(0, "");
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final String HEX = "0123456789ABCDEF";

    /** The spans can't be read. */
    static Status invalid(String message) {
        return new Status(INVALID_ARGUMENT, message);
    }

    static Status late(String message) {
        return new Status(DEADLINE_EXCEEDED, message);
    }

    static Status tooLarge(String message) {
        return new Status(RESOURCE_EXHAUSTED, message);
    }

    static Status unimplemented(String message) {
        return new Status(UNIMPLEMENTED, message);
    }

    /** The frames are wrong. */
    static Status internal(String message) {
        return new Status(INTERNAL, message);
    }

    /** A client may try again. */
    static Status unavailable(String message) {
        return new Status(UNAVAILABLE, message);
    }

    Map<String, String> trailers() {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("grpc-status", Integer.toString(code));
        if (!message.isEmpty()) {
            trailers.put("grpc-message", percentEncoded(message));
        }
        return trailers;
    }

    /** All but printable ASCII, and the percent sign. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX.charAt((each >> 4) & 15)).append(HEX.charAt(each & 15));
            }
        }
        return encoded.toString();
    }
}
