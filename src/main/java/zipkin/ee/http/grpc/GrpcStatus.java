package zipkin.ee.http.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import zipkin.ee.codec.ProtoWriter;
import zipkin.ee.http.Answers;
import zipkin.ee.http.body.Refusal;

/**
 * The status of a call, which its trailers carry.
 *
 * @param code a number of gRPC's <a
 *     href="https://github.com/grpc/grpc/blob/master/doc/statuscodes.md">status codes</a>
 * @param message for people; empty when there is nothing to say
 */
public record GrpcStatus(int code, String message) {
    public static final GrpcStatus OK = new GrpcStatus(0, "");
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
    private static final String HEX = "0123456789ABCDEF";

    /** The spans can't be read. */
    public static GrpcStatus invalid(String message) {
        return new GrpcStatus(INVALID_ARGUMENT, message);
    }

    public static GrpcStatus late(String message) {
        return new GrpcStatus(DEADLINE_EXCEEDED, message);
    }

    public static GrpcStatus tooLarge(String message) {
        return new GrpcStatus(RESOURCE_EXHAUSTED, message);
    }

    public static GrpcStatus unimplemented(String message) {
        return new GrpcStatus(UNIMPLEMENTED, message);
    }

    /** The frames are wrong. */
    public static GrpcStatus internal(String message) {
        return new GrpcStatus(INTERNAL, message);
    }

    /** A client may try again, after the time in {@code google.rpc.RetryInfo}. */
    public static GrpcStatus unavailable(String message) {
        return new GrpcStatus(UNAVAILABLE, message);
    }

    /** The status for a body that is refused. */
    public static GrpcStatus of(Refusal refusal) {
        if (refusal.retryable()) {
            return unavailable(refusal.text());
        }
        return switch (refusal.status()) {
            case 413 -> tooLarge(refusal.text());
            case 408 -> late(refusal.text());
            default -> internal(refusal.text());
        };
    }

    Map<String, String> trailers() {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("grpc-status", Integer.toString(code));
        if (!message.isEmpty()) {
            trailers.put("grpc-message", percentEncoded(message));
        }
        if (code == UNAVAILABLE) {
            trailers.put(
                    "grpc-status-details-bin",
                    Base64.getEncoder().withoutPadding().encodeToString(retryInfo()));
        }
        return trailers;
    }

    /** This status as {@code google.rpc.Status}, with a RetryInfo. */
    private byte[] retryInfo() {
        ProtoWriter delay = new ProtoWriter().number(1, Answers.RETRY_AFTER_SECONDS); // google.protobuf.Duration
        ProtoWriter any = new ProtoWriter().text(1, RETRY_INFO).message(2, new ProtoWriter().message(1, delay));
        return new ProtoWriter()
                .number(1, code)
                .text(2, message)
                .message(3, any)
                .toBytes();
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
