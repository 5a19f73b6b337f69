package zipkin.ee.transport.scribe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The entries of a frame that are of one category, decoded in place: a list of spans grows at the
 * start of the frame while its entries are read behind it. So a frame of half a million entries
 * takes no more memory than one of a few.
 */
final class LogEntries {
    private static final short CATEGORY = 1;
    private static final short MESSAGE = 2;
    /** The type of the list's elements, and their number. */
    private static final int LIST_HEADER = 1 + Integer.BYTES;

    private final byte[] frame;
    private final byte[] category;
    private int end = LIST_HEADER;
    private int spans;
    private int bad;

    LogEntries(byte[] frame, String category) {
        this.frame = frame;
        this.category = category.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a list of LogEntry. */
    void read(ThriftInput in) throws ThriftInput.WrongFrameException {
        if (in.type() != ThriftInput.STRUCT) {
            throw new ThriftInput.WrongFrameException("messages is not a list of LogEntry");
        }
        for (int left = in.count(1); left > 0; left--) {
            boolean wanted = category.length == 0;
            int from = 0;
            int to = 0;
            for (byte field = in.type(); field != ThriftInput.STOP; field = in.type()) {
                short id = in.i16();
                if (id == CATEGORY && field == ThriftInput.STRING) {
                    int length = in.skipBytes();
                    wanted = Arrays.equals(frame, in.position() - length, in.position(), category, 0, category.length);
                } else if (id == MESSAGE && field == ThriftInput.STRING) {
                    int length = in.skipBytes();
                    from = in.position() - length;
                    to = in.position();
                } else {
                    in.skip(field);
                }
            }
            if (wanted) {
                add(from, to);
            }
        }
    }

    private void add(int from, int to) {
        if (from == to) {
            spans++; // an empty message is an empty span, which cannot be read
            return;
        }
        int decoded = MimeBase64.decode(frame, from, to, end);
        if (decoded < 0) {
            bad++;
        } else {
            spans++;
            end = decoded;
        }
    }

    /** How many entries of the category are Base64. */
    int spans() {
        return spans;
    }

    /** How many are not. */
    int bad() {
        return bad;
    }

    /** The spans as one list in thrift; empty when there is none or one is bad. */
    byte[] list(LongConsumer room) {
        if (spans == 0 || bad > 0) {
            return new byte[0];
        }
        room.accept(end);
        byte[] list = Arrays.copyOf(frame, end);
        ByteBuffer.wrap(list).put(ThriftInput.STRUCT).putInt(spans);
        return list;
    }
}
