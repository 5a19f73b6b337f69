package zipkin.ee.transport.otlp;

import zipkin.ee.codec.ProtoWriter;
import zipkin.ee.json.Json;

/**
 * The body of a refusal: {@code google.rpc.Status}. A malformed request has the reason as {@code
 * google.rpc.BadRequest} too, as OTLP asks for.
 *
 * @param code a number of gRPC's status codes
 * @param message for people
 */
record RpcStatus(int code, String message) {
    private static final int UNKNOWN = 2;
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;
    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

    /** The body for a status of HTTP. */
    static RpcStatus of(int httpStatus, String message) {
        return new RpcStatus(
                switch (httpStatus) {
                    case 400, 415 -> INVALID_ARGUMENT;
                    case 401 -> UNAUTHENTICATED;
                    case 403 -> PERMISSION_DENIED;
                    case 404, 405, 501 -> UNIMPLEMENTED;
                    case 413, 429 -> RESOURCE_EXHAUSTED;
                    case 503 -> UNAVAILABLE;
                    default -> httpStatus >= 500 ? INTERNAL : UNKNOWN;
                },
                message);
    }

    /** The body did not arrive in time. */
    static RpcStatus late(String message) {
        return new RpcStatus(DEADLINE_EXCEEDED, message);
    }

    byte[] toBytes(OtlpFormat format) {
        return format == OtlpFormat.PROTOBUF ? toProtobuf() : toJson();
    }

    private byte[] toProtobuf() {
        ProtoWriter status = new ProtoWriter().number(1, code).text(2, message);
        if (code == INVALID_ARGUMENT) {
            ProtoWriter violation = new ProtoWriter().text(2, message);
            ProtoWriter badRequest = new ProtoWriter().message(1, violation);
            status.message(3, new ProtoWriter().text(1, BAD_REQUEST).message(2, badRequest)); // google.protobuf.Any
        }
        return status.toBytes();
    }

    private byte[] toJson() {
        return Json.writeBytes(json -> {
            json.writeStartObject();
            json.writeNumberField("code", code);
            json.writeStringField("message", message);
            if (code == INVALID_ARGUMENT) {
                json.writeArrayFieldStart("details");
                json.writeStartObject();
                json.writeStringField("@type", BAD_REQUEST);
                json.writeArrayFieldStart("fieldViolations");
                json.writeStartObject();
                json.writeStringField("description", message);
                json.writeEndObject();
                json.writeEndArray();
                json.writeEndObject();
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
