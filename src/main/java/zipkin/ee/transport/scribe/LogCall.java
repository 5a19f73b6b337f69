package zipkin.ee.transport.scribe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One call of a client: its name, the number that its reply needs, and the entries of one category.
 *
 * @param name of the method
 * @param sequence of the call
 * @param spans each v1 span in thrift; those of other categories are left out
 * @param unreadable why an entry is no base64; empty when all are
 */
record LogCall(String name, int sequence, List<byte[]> spans, String unreadable) {
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
    private static final short ENTRY_CATEGORY = 1;
    private static final short ENTRY_MESSAGE = 2;
    private static final int OK = 0;
    private static final int TRY_LATER = 1;

    /** Codes of thrift's TApplicationException. */
    static final int UNKNOWN_METHOD = 1;

    static final int PROTOCOL_ERROR = 7;

    /**
     * Reads a frame without its length. Of a method that is not Log only the name is read.
     *
     * @throws ThriftInput.WrongFrameException when there is nothing that could be replied to
     */
    static LogCall read(byte[] frame, String category) throws ThriftInput.WrongFrameException {
        ThriftInput in = new ThriftInput(frame);
        int first = in.i32();
        String name;
        int type;
        if (first < 0) {
            if ((first & VERSION_MASK) != VERSION) {
                throw new ThriftInput.WrongFrameException("It is not thrift's binary protocol");
            }
            type = first & 0xff;
            name = in.string();
        } else { // as clients without versions write it
            if (first > MAX_NAME) {
                throw new ThriftInput.WrongFrameException("It is not thrift's binary protocol");
            }
            name = new String(in.bytes(first), StandardCharsets.UTF_8);
            type = in.type();
        }
        int sequence = in.i32();
        if (type != CALL && type != ONEWAY) {
            throw new ThriftInput.WrongFrameException("It is no call");
        }
        if (!name.equals(LOG)) {
            return new LogCall(name, sequence, List.of(), "");
        }
        List<byte[]> spans = new ArrayList<>();
        StringBuilder unreadable = new StringBuilder();
        for (byte field = in.type(); field != ThriftInput.STOP; field = in.type()) {
            if (in.i16() == MESSAGES && field == ThriftInput.LIST) {
                readEntries(in, category, spans, unreadable);
            } else {
                in.skip(field);
            }
        }
        return new LogCall(name, sequence, spans, unreadable.toString());
    }

    private static void readEntries(ThriftInput in, String category, List<byte[]> spans, StringBuilder unreadable)
            throws ThriftInput.WrongFrameException {
        if (in.type() != ThriftInput.STRUCT) {
            throw new ThriftInput.WrongFrameException("messages is no list of LogEntry");
        }
        for (int left = in.count(1); left > 0; left--) {
            String of = "";
            byte[] message = {};
            for (byte field = in.type(); field != ThriftInput.STOP; field = in.type()) {
                short id = in.i16();
                if (id == ENTRY_CATEGORY && field == ThriftInput.STRING) {
                    of = in.string();
                } else if (id == ENTRY_MESSAGE && field == ThriftInput.STRING) {
                    message = in.bytes();
                } else {
                    in.skip(field);
                }
            }
            if (of.equals(category)) {
                try {
                    spans.add(Base64.getMimeDecoder().decode(message)); // some writers end it by a line feed
                } catch (IllegalArgumentException e) {
                    unreadable.append("An entry is no base64: ").append(e.getMessage());
                }
            }
        }
    }

    /** The spans as one list in thrift. */
    byte[] list() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write(ThriftInput.STRUCT);
        list.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(spans.size()).array());
        spans.forEach(list::writeBytes);
        return list.toByteArray();
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
