package zipkin.ee.transport.scribe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * One call of a client: its name, the number that its reply needs, and the entries of one category.
 */
final class LogCall {
    /** The only method there is. */
    static final String LOG = "Log";

    private static final int VERSION_MASK = 0xffff_0000;
    private static final int VERSION = 0x8001_0000;
    private static final int CALL = 1;
    private static final int ONEWAY = 4;
    private static final int REPLY = 2;
    private static final int EXCEPTION = 3;
    private static final int MAX_NAME = 100;
    private static final short MESSAGES = 1;
    private static final int OK = 0;
    private static final int TRY_LATER = 1;

    /** Codes of thrift's TApplicationException. */
    static final int UNKNOWN_METHOD = 1;

    static final int PROTOCOL_ERROR = 7;

    private final String name;
    private final int sequence;
    private final int spanCount;
    private final byte[] list;
    private final int badEntries;

    private LogCall(String name, int sequence, int spanCount, byte[] list, int badEntries) {
        this.name = name;
        this.sequence = sequence;
        this.spanCount = spanCount;
        this.list = list;
        this.badEntries = badEntries;
    }

    /** The name of the method. */
    String name() {
        return name;
    }

    int sequence() {
        return sequence;
    }

    /** Entries of the category that are Base64; those of other categories are left out. */
    int spanCount() {
        return spanCount;
    }

    /**
     * Their v1 spans as a list in thrift; empty when an entry is bad, since none of the call is
     * stored then.
     */
    byte[] list() {
        return list;
    }

    /** Entries of the category that are not Base64. */
    int badEntries() {
        return badEntries;
    }

    /**
     * Reads a frame without its length, and overwrites it. Of a method that is not Log only the
     * name is read.
     *
     * @param room called with the list's bytes before they are used; throws when there is no room
     * @throws ThriftInput.WrongFrameException when there is nothing that could be replied to
     */
    static LogCall read(byte[] frame, String category, LongConsumer room) throws ThriftInput.WrongFrameException {
        ThriftInput in = new ThriftInput(frame);
        int first = in.i32();
        String name;
        int type;
        if (first < 0) {
            if ((first & VERSION_MASK) != VERSION) {
                throw new ThriftInput.WrongFrameException("It is not thrift's binary protocol");
            }
            type = first & 0xff;
            name = in.string(MAX_NAME);
        } else { // as clients without versions write it
            if (first > MAX_NAME) {
                throw new ThriftInput.WrongFrameException("It is not thrift's binary protocol");
            }
            name = new String(in.bytes(first), StandardCharsets.UTF_8);
            type = in.type();
        }
        int sequence = in.i32();
        if (type != CALL && type != ONEWAY) {
            throw new ThriftInput.WrongFrameException("Not a call");
        }
        if (!name.equals(LOG)) {
            return new LogCall(name, sequence, 0, new byte[0], 0);
        }
        LogEntries entries = new LogEntries(frame, category);
        for (byte field = in.type(); field != ThriftInput.STOP; field = in.type()) {
            if (in.i16() == MESSAGES && field == ThriftInput.LIST) {
                entries.read(in);
            } else {
                in.skip(field);
            }
        }
        return new LogCall(name, sequence, entries.spans(), entries.list(room), entries.bad());
    }

    /** What its reply needs. */
    LogCall withoutSpans() {
        return new LogCall(name, sequence, 0, new byte[0], 0);
    }

    /** A whole frame with the ResultCode. */
    ByteBuffer reply(boolean stored) {
        return frame(REPLY, out -> {
            out.put(ThriftInput.I32).putShort((short) 0).putInt(stored ? OK : TRY_LATER);
            out.put(ThriftInput.STOP);
        });
    }

    /** A whole frame with thrift's TApplicationException. */
    ByteBuffer failure(int code, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return frame(
                EXCEPTION,
                out -> {
                    out.put(ThriftInput.STRING)
                            .putShort((short) 1)
                            .putInt(text.length)
                            .put(text);
                    out.put(ThriftInput.I32).putShort((short) 2).putInt(code);
                    out.put(ThriftInput.STOP);
                },
                text.length);
    }

    private interface Content {
        void writeTo(ByteBuffer out);
    }

    private ByteBuffer frame(int type, Content content) {
        return frame(type, content, 0);
    }

    private ByteBuffer frame(int type, Content content, int textBytes) {
        byte[] method = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(64 + method.length + textBytes);
        out.putInt(0).putInt(VERSION | type).putInt(method.length).put(method).putInt(sequence);
        content.writeTo(out);
        return out.putInt(0, out.position() - Integer.BYTES).flip();
    }
}
