package zipkin.ee.transport.scribe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads thrift's binary protocol from one frame. Lengths are checked against what the frame has,
 * and nesting is bounded.
 */
final class ThriftInput {
    static final byte STOP = 0;
    static final byte BOOL = 2;
    static final byte BYTE = 3;
    static final byte DOUBLE = 4;
    static final byte I16 = 6;
    static final byte I32 = 8;
    static final byte I64 = 10;
    static final byte STRING = 11;
    static final byte STRUCT = 12;
    static final byte MAP = 13;
    static final byte SET = 14;
    static final byte LIST = 15;

    private static final int MAX_DEPTH = 32;

    private final ByteBuffer frame;

    ThriftInput(byte[] frame) {
        this.frame = ByteBuffer.wrap(frame);
    }

    /** The frame is not what the protocol says. */
    static final class WrongFrameException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongFrameException(String message) {
            super(message);
        }
    }

    byte type() throws WrongFrameException {
        requireLeft(1);
        return frame.get();
    }

    short i16() throws WrongFrameException {
        requireLeft(Short.BYTES);
        return frame.getShort();
    }

    int i32() throws WrongFrameException {
        requireLeft(Integer.BYTES);
        return frame.getInt();
    }

    /** Passes over bytes behind their length; returns how many. */
    int skipBytes() throws WrongFrameException {
        int length = i32();
        skipBytes(length);
        return length;
    }

    /** Where in the frame the next byte is. */
    int position() {
        return frame.position();
    }

    byte[] bytes(int length) throws WrongFrameException {
        requireLeft(length);
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    /** A text of at most so many bytes. */
    String string(int maxBytes) throws WrongFrameException {
        int length = i32();
        if (length > maxBytes) {
            throw new WrongFrameException("A name of " + length + " bytes");
        }
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** The number of elements, each of which takes at least {@code leastBytes}. */
    int count(int leastBytes) throws WrongFrameException {
        int count = i32();
        if (count < 0 || (long) count * leastBytes > frame.remaining()) {
            throw new WrongFrameException("A list of " + count + " elements in " + frame.remaining() + " bytes");
        }
        return count;
    }

    void skip(byte type) throws WrongFrameException {
        skip(type, 0);
    }

    private void skip(byte type, int depth) throws WrongFrameException {
        if (depth > MAX_DEPTH) {
            throw new WrongFrameException("Nested deeper than " + MAX_DEPTH);
        }
        switch (type) {
            case BOOL, BYTE -> skipBytes(1);
            case I16 -> skipBytes(Short.BYTES);
            case I32 -> skipBytes(Integer.BYTES);
            case I64, DOUBLE -> skipBytes(Long.BYTES);
            case STRING -> skipBytes(i32());
            case STRUCT -> {
                for (byte field = type(); field != STOP; field = type()) {
                    i16();
                    skip(field, depth + 1);
                }
            }
            case LIST, SET -> {
                byte element = type();
                for (int left = count(1); left > 0; left--) {
                    skip(element, depth + 1);
                }
            }
            case MAP -> {
                byte key = type();
                byte value = type();
                for (int left = count(2); left > 0; left--) {
                    skip(key, depth + 1);
                    skip(value, depth + 1);
                }
            }
            default -> throw new WrongFrameException("Unknown type " + type);
        }
    }

    private void skipBytes(int count) throws WrongFrameException {
        requireLeft(count);
        frame.position(frame.position() + count);
    }

    private void requireLeft(int count) throws WrongFrameException {
        if (count < 0 || count > frame.remaining()) {
            throw new WrongFrameException(count + " bytes are announced where " + frame.remaining() + " follow");
        }
    }
}
