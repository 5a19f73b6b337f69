package zipkin.ee.transport.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.body.BodyInflater;

/** The one message of a call's body: a byte that is 1 when it is compressed, its length in four bytes, and it. */
final class UnaryFrame {
    private static final int PREFIX = 5;

    /** The answer: one message without content. */
    static final byte[] EMPTY = new byte[PREFIX];

    private UnaryFrame() {}

    /** The body is something else; the status tells the client. */
    static final class WrongFrameException extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Status status;

        WrongFrameException(Status status) {
            super(status.message());
            this.status = status;
        }

        Status status() {
            return status;
        }
    }

    /**
     * The message, inflated.
     *
     * @param encoding the header grpc-encoding
     */
    static byte[] message(byte[] body, @Nullable String encoding, BodyInflater inflater) throws WrongFrameException {
        if (body.length < PREFIX) {
            throw new WrongFrameException(Status.internal("The call has no message"));
        }
        long length = ByteBuffer.wrap(body, 1, Integer.BYTES).getInt() & 0xffff_ffffL;
        if (length != body.length - PREFIX) {
            throw new WrongFrameException(Status.internal("The call is not one message: its prefix says " + length
                    + " bytes, and " + (body.length - PREFIX) + " follow"));
        }
        byte[] message = Arrays.copyOfRange(body, PREFIX, body.length);
        return switch (body[0]) {
            case 0 -> message;
            case 1 -> inflated(message, encoding, inflater);
            default ->
                throw new WrongFrameException(Status.internal("The prefix of the message begins with " + body[0]));
        };
    }

    private static byte[] inflated(byte[] message, @Nullable String encoding, BodyInflater inflater)
            throws WrongFrameException {
        String name = encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT);
        if (!name.equals("gzip") && !name.equals("deflate")) {
            throw new WrongFrameException(
                    name.equals("identity")
                            ? Status.internal("The message is compressed without grpc-encoding")
                            : Status.unimplemented("grpc-encoding " + name + " is none of gzip, deflate"));
        }
        try {
            return inflater.inflate(message, name);
        } catch (BodyInflater.TooLargeException e) {
            throw new WrongFrameException(
                    Status.tooLarge("The message is larger than COLLECTOR_HTTP_MAX_BYTES when inflated"));
        } catch (IOException e) {
            throw new WrongFrameException(Status.internal(String.valueOf(e.getMessage())));
        }
    }
}
