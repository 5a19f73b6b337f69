package zipkin.ee.codec;

/**
 * Walks over a TBinary list as zipkin2's decoder does and refuses what it would not survive:
 * unknown fields that are nested too deep, strings of negative length in them (it would go back),
 * and collections of elements without bytes, which it would count to the end. Source of the field
 * numbers: zipkinCore.thrift.
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
    private final DecodeLimits limits;
    private final V1TypedThrift typed;
    private int position;

    /**
     * Numbers of the fields that were read last in a span, in an annotation and in an endpoint; 0
     * for none.
     */
    private int spanField;

    private int annotationField;
    private int endpointField;

    /** Number of the annotation in its list. */
    private int annotation;

    ThriftGuard(byte[] body, DecodeLimits limits, TextEdits edits) {
        this.body = body;
        this.limits = limits;
        this.typed = new V1TypedThrift(body, edits);
    }

    /**
     * Tells {@code edits} how to write binary annotations that are not strings as strings, as far
     * as the walk comes.
     */
    static void check(byte[] body, DecodeLimits limits, TextEdits edits) {
        try {
            new ThriftGuard(body, limits, edits).list();
        } catch (Stop e) {
            // The decoder will stop there, too, and say why.
        }
    }

    /** The place that the walk has come to. */
    Place place() {
        return new Place(position, spanField, annotation, annotationField, endpointField);
    }

    /**
     * A place in a span: its position, and the numbers of the fields that were read last in the
     * span, in an annotation and in an endpoint, with 0 for none.
     */
    record Place(int position, int spanField, int annotation, int annotationField, int endpointField) {}

    private void list() {
        int count = listLength();
        for (int i = 0; i < count; i++) {
            span();
        }
    }

    void span() {
        limits.span(position);
        spanField = annotationField = endpointField = 0;
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            spanField = id;
            if (type == STRING && id == 3) {
                string(true);
            } else if (type == LIST && (id == 6 || id == 8)) {
                annotations(id == 8);
            } else {
                skip(type, 1);
            }
        }
    }

    private void annotations(boolean binary) {
        int count = listLength();
        for (annotation = 0; annotation < count; annotation++) {
            limits.entry(position);
            if (binary) {
                binaryAnnotation();
            } else {
                annotation();
            }
            annotationField = 0;
        }
    }

    private void annotation() {
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            annotationField = id;
            if (type == STRING && id == 2) {
                string(false);
            } else if (type == STRUCT && id == 3) {
                endpoint();
            } else {
                skip(type, 1);
            }
        }
    }

    private void binaryAnnotation() {
        typed.begin();
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            annotationField = id;
            if (type == STRING && id == 1) {
                int length = string(false);
                typed.key(position - length, length);
            } else if (type == STRING && id == 2) {
                int length = string(false);
                typed.value(position - length, length);
            } else if (type == I32 && id == 3) {
                typed.type(position, readInt());
            } else if (type == STRUCT && id == 4) {
                endpoint();
            } else {
                skip(type, 1);
            }
        }
        typed.end();
    }

    private void endpoint() {
        for (byte type = readByte(); type != STOP; type = readByte()) {
            int id = readShort();
            endpointField = id;
            if (type == STRING && id == 3) {
                int length = string(true);
                if (length > 0) {
                    limits.serviceName(body, position - length, position);
                }
            } else if (type == STRING && id == 4) {
                string(false);
            } else {
                skip(type, 1);
            }
        }
        endpointField = 0;
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
            limits.name(body, position - length, position);
        }
        return length;
    }

    private void skip(byte type, int depth) {
        limits.depth(depth, position);
        switch (type) {
            case 2, 3 -> forward(1);
            case 6 -> forward(2);
            case I32 -> forward(4);
            case 4, 10 -> forward(8);
            case STRING -> {
                int length = readInt();
                if (length < 0) {
                    throw limits.negativeLength(length, position);
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
                limits.emptyElements(count - i, position);
                return;
            }
        }
    }

    int listLength() {
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
    static final class Stop extends RuntimeException {
        Stop() {
            super(null, null, false, false);
        }
    }
}
