package zipkin.ee.transport.otlp;

import zipkin.ee.codec.ProtoWriter;
import zipkin.ee.json.Json;

/**
 * The body of a success: {@code ExportTraceServiceResponse}, which for logs and metrics is the same
 * when nothing was refused.
 *
 * @param rejectedSpans spans that were refused while the others were stored
 * @param errorMessage why; empty when there is nothing to say
 */
record ExportResponse(long rejectedSpans, String errorMessage) {
    static final ExportResponse FULL_SUCCESS = new ExportResponse(0, "");

    byte[] toBytes(OtlpFormat format) {
        return format == OtlpFormat.PROTOBUF ? toProtobuf() : toJson();
    }

    private boolean isPartial() {
        return rejectedSpans > 0 || !errorMessage.isEmpty();
    }

    private byte[] toProtobuf() {
        ProtoWriter response = new ProtoWriter();
        if (isPartial()) {
            response.message(1, new ProtoWriter().number(1, rejectedSpans).text(2, errorMessage));
        }
        return response.toBytes();
    }

    private byte[] toJson() {
        return Json.writeBytes(json -> {
            json.writeStartObject();
            if (isPartial()) {
                json.writeObjectFieldStart("partialSuccess");
                if (rejectedSpans > 0) {
                    json.writeStringField("rejectedSpans", Long.toString(rejectedSpans)); // an int64 is a text
                }
                if (!errorMessage.isEmpty()) {
                    json.writeStringField("errorMessage", errorMessage);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }
}
