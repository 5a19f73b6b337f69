package zipkin.ee.codec;

/**
 * Walks over a TBinary list as zipkin2's decoder does and refuses what it would not survive: unknown fields that are nested too
 * deep, strings of negative length in them (it would go back), and collections of elements without bytes, which it would
 * count to the end. Source of the field numbers: zipkinCore.thrift.
 */
final class ThriftGuard {
    private static final byte STOP = 0;
    private static final byte I32 = 8;
    private static final byte STRING = 11;
    private static final byte STRUCT = 12;
    private static final byte MAP = 13;
    private static final byte SET = 14;
    private static final byte LIST = 15;

    private final byte[] body;
    private final Tally tally;
    private int position;

    private ThriftGuard(byte[] body, Tally tally) {
        this.body = body;
        this.tally = tally;
    }

    static void check(byte[] body, Tally tally) {
        try {
            new ThriftGuard(body, tally).list();
        } catch (Stop e) {
            // The decoder will stop there, too, and say why.
        }
    }

    private void list() {
        int count = listLength();
        for (int i = 0; i < count; i++) {
            tally.span(position);
            span();
        }
    }

    private void span() {
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            if (type == STRING && id == 3) {
                string(true);
            } else if (type == LIST && id == 6) {
                annotations(false);
            } else if (type == LIST && id == 8) {
                annotations(true);
            } else {
                skip(type, 1);
            }
        }
    }

    private void annotations(boolean binary) {
        int count = listLength();
        for (int i = 0; i < count; i++) {
            tally.entry(position);
            annotation(binary ? 1 : 2, binary ? 4 : 3);
        }
    }

    /** The value of an annotation and the key of a binary one are strings, as is the latter's value, of number 2. */
    private void annotation(int firstString, int endpoint) {
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            if (type == STRING && (id == firstString || id == 2)) {
                string(false);
            } else if (type == STRUCT && id == endpoint) {
                endpoint();
            } else {
                skip(type, 1);
            }
        }
    }

    private void endpoint() {
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            if (type == STRING && id == 3) {
                int length = string(true);
                if (length > 0) {
                    tally.serviceName(body, position - length, position);
                }
            } else if (type == STRING && id == 4) {
                string(false);
            } else {
                skip(type, 1);
            }
        }
    }

    /** A string that the decoder reads: it refuses a wrong length. */
    private int string(boolean name) {
        int length = readInt();
        if (length < 0) {
            throw new Stop();
        }
        require(length);
        position += length;
        if (name) {
            tally.name(body, position - length, position);
        }
        return length;
    }

    private void skip(byte type, int depth) {
        tally.depth(depth, position);
        switch (type) {
            case 2, 3 -> forward(1);
            case 6 -> forward(2);
            case I32 -> forward(4);
            case 4, 10 -> forward(8);
            case STRING -> {
                int length = readInt();
                if (length < 0) {
                    throw tally.negativeLength(length, position);
                }
                forward(length);
            }
            case STRUCT -> {
                for (byte field = readByte(); field != STOP; field = readByte()) {
                    readShort();
                    skip(field, depth + 1);
                }
            }
            case MAP -> skipElements(readByte(), readByte(), depth + 1);
            case SET, LIST -> skipElements(readByte(), STOP, depth + 1);
            default -> {
                // no bytes
            }
        }
    }

    private void skipElements(byte keyType, byte valueType, int depth) {
        int count = readInt();
        for (int i = 0; i < count; i++) {
            int before = position;
            skip(keyType, depth);
            skip(valueType, depth);
            if (position == before) {
                // Nor will any of the others move on.
                tally.emptyElements(count - i, position);
                return;
            }
        }
    }

    private int listLength() {
        readByte(); // the elements' type, which the decoder ignores
        return readInt();
    }

    /** Skips at most what is left, like the decoder. */
    private void forward(int length) {
        position += Math.min(length, available());
    }

    private byte readByte() {
        require(1);
        return body[position++];
    }

    private short readShort() {
        require(2);
        position += 2;
        return (short) (((body[position - 2] & 0xff) << 8) | (body[position - 1] & 0xff));
    }

    private int readInt() {
        require(4);
        position += 4;
        return ((body[position - 4] & 0xff) << 24)
                | ((body[position - 3] & 0xff) << 16)
                | ((body[position - 2] & 0xff) << 8)
                | (body[position - 1] & 0xff);
    }

    private int available() {
        return body.length - position;
    }

    private void require(int length) {
        if (length > available()) {
            throw new Stop();
        }
    }

    /** The decoder refuses the message here: it is truncated or a length is wrong. */
    private static final class Stop extends RuntimeException {
        Stop() {
            super(null, null, false, false);
        }
    }
}
