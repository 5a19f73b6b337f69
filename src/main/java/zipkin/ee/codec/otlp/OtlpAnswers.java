package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the answers to requests for traces in protobuf, for a client of OTLP. */
public final class OtlpAnswers {
    private OtlpAnswers() {}

    /**
     * What the answer to a success says.
     *
     * @param refused how many spans were refused
     * @param text why, or what else there is to say; empty for nothing
     */
    public record PartialSuccess(long refused, String text) {
        static final PartialSuccess NONE = new PartialSuccess(0, "");
    }

    /**
     * Reads an ExportTraceServiceResponse. A body that is not one says nothing: the status counts.
     */
    public static PartialSuccess partialSuccess(byte[] body) {
        ProtobufCursor in = new ProtobufCursor(body);
        try {
            PartialSuccess found = PartialSuccess.NONE;
            while (in.next()) {
                if (in.field() == 1) {
                    found = partialSuccess(in, found);
                } else {
                    in.skip();
                }
            }
            return found;
        } catch (OtlpProblem e) {
            return PartialSuccess.NONE;
        }
    }

    private static PartialSuccess partialSuccess(ProtobufCursor in, PartialSuccess before) {
        long refused = before.refused;
        String text = before.text;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> refused = Math.max(0, in.varint());
                case 2 -> text = in.text();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new PartialSuccess(refused, text);
    }

    /** The message of a refusal: that of a google.rpc.Status, or the body itself as a text. */
    public static String refusal(byte[] body) {
        ProtobufCursor in = new ProtobufCursor(body);
        String message = "";
        try {
            while (in.next()) {
                if (in.field() == 2) {
                    message = in.text();
                } else {
                    in.skip();
                }
            }
        } catch (OtlpProblem e) {
            message = "";
        }
        return message.isEmpty() ? new String(body, UTF_8) : message;
    }
}
