package zipkin.ee.http.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ContentCoding;
import zipkin.ee.http.body.ReceivedBody;

/**
 * The one message of a call's body: a byte that is 1 when it is compressed, its length in four
 * bytes, and it.
 */
final class UnaryFrame {
    private static final int PREFIX = 5;

    private UnaryFrame() {}

    /** The body is not one message; the status says so to the client. */
    static final class WrongFrameException extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final GrpcStatus status;

        WrongFrameException(GrpcStatus status) {
            super(status.message());
            this.status = status;
        }

        GrpcStatus status() {
            return status;
        }
    }

    /** The body of an answer with this message. */
    static byte[] of(byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /**
     * The message, inflated.
     *
     * @param encoding the header grpc-encoding
     * @throws NoRoomException when the budget of bodies lacks the message's bytes
     */
    static byte[] message(ReceivedBody body, @Nullable String encoding, BodyInflater inflater)
            throws WrongFrameException {
        byte[] prefix = body.start(PREFIX);
        if (prefix.length < PREFIX) {
            throw new WrongFrameException(GrpcStatus.internal("The call has no message"));
        }
        long length = ByteBuffer.wrap(prefix, 1, Integer.BYTES).getInt() & 0xffff_ffffL;
        int follows = body.size() - PREFIX;
        if (length != follows) {
            throw new WrongFrameException(GrpcStatus.internal(
                    "The call is not one message: its prefix says " + length + " bytes, and " + follows + " follow"));
        }
        ContentCoding coding =
                switch (prefix[0]) {
                    case 0 -> ContentCoding.IDENTITY;
                    case 1 -> coding(encoding);
                    default ->
                        throw new WrongFrameException(
                                GrpcStatus.internal("The prefix of the message begins with " + prefix[0]));
                };
        try {
            return body.message(PREFIX, coding, inflater);
        } catch (BodyInflater.TooLargeException e) {
            throw new WrongFrameException(
                    GrpcStatus.tooLarge("The message is larger than COLLECTOR_HTTP_MAX_BYTES when inflated"));
        } catch (IOException e) {
            throw new WrongFrameException(GrpcStatus.internal(String.valueOf(e.getMessage())));
        }
    }

    /** The coding of a compressed message. */
    private static ContentCoding coding(@Nullable String encoding) throws WrongFrameException {
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gzip" -> ContentCoding.GZIP;
            case "deflate" -> ContentCoding.DEFLATE;
            case "identity" ->
                throw new WrongFrameException(GrpcStatus.internal("The message is compressed without grpc-encoding"));
            default ->
                throw new WrongFrameException(
                        GrpcStatus.unimplemented("grpc-encoding " + name + " is none of gzip, deflate"));
        };
    }
}
