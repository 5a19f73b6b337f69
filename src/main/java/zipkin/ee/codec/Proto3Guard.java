package zipkin.ee.codec;

/**
 * Walks over a proto3 list as zipkin2's decoder does, field by field and with the same treatment of
 * wrong lengths, and refuses what would make the decoder go back: the negative length of an unknown
 * field. Source of the field numbers: zipkin.proto.
 *
 * <p>A method returns false where the decoder is certain to refuse the message, so that the decoder
 * says why.
 */
final class Proto3Guard {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] body;
    private final DecodeLimits limits;
    private int position;
    private int varint;
    private int spanKey;
    private int innerKey;

    Proto3Guard(byte[] body, DecodeLimits limits) {
        this.body = body;
        this.limits = limits;
    }

    static void check(byte[] body, DecodeLimits limits) {
        new Proto3Guard(body, limits).list();
    }

    private void list() {
        while (position < body.length && span()) {
            // the next one
        }
    }

    /** Walks over the next span; false where the decoder is certain to refuse it. */
    boolean span() {
        spanKey = innerKey = 0;
        boolean hasKey = readVarint(); // which the decoder ignores
        if (!hasKey || !readVarint()) {
            return false;
        }
        int length = varint;
        if (length <= 0 || length > body.length - position) {
            return false;
        }
        limits.span(position);
        return span(position + length);
    }

    int position() {
        return position;
    }

    /** The number of the field that was read last in a span, 0 for none. */
    int field() {
        return spanKey >>> 3;
    }

    /**
     * The number of the field that was read last in an endpoint, an annotation or a tag, 0 for
     * none.
     */
    int innerField() {
        return innerKey >>> 3;
    }

    private boolean span(int end) {
        while (position < end) {
            if (!readVarint()) {
                return false;
            }
            int key = varint;
            spanKey = key;
            innerKey = 0;
            boolean readable =
                    switch (key) {
                        case 1 << 3 | BYTES, 2 << 3 | BYTES, 3 << 3 | BYTES -> id();
                        case 4 << 3 | VARINT -> readVarint() && varint >= 0;
                        case 5 << 3 | BYTES -> name();
                        case 6 << 3 | FIXED64 -> forward(8);
                        case 7 << 3 | VARINT -> readVarint64();
                        case 8 << 3 | BYTES, 9 << 3 | BYTES -> endpoint();
                        case 10 << 3 | BYTES -> entry(1 << 3 | FIXED64, 2 << 3 | BYTES);
                        case 11 << 3 | BYTES -> entry(1 << 3 | BYTES, 2 << 3 | BYTES);
                        case 12 << 3 | VARINT, 13 << 3 | VARINT -> forward(1);
                        default -> skip(key & 7);
                    };
            if (!readable) {
                return false;
            }
        }
        return true;
    }

    private boolean endpoint() {
        if (!readVarint()) {
            return false;
        }
        // May overflow or lie beyond the span: the decoder computes it like this, too.
        int end = position + varint;
        while (position < end) {
            if (!readVarint()) {
                return false;
            }
            int key = varint;
            innerKey = key;
            boolean readable =
                    switch (key) {
                        case 1 << 3 | BYTES -> name();
                        case 2 << 3 | BYTES, 3 << 3 | BYTES -> bytes();
                        case 4 << 3 | VARINT -> readVarint();
                        default -> skip(key & 7);
                    };
            if (!readable) {
                return false;
            }
        }
        return true;
    }

    /** An annotation or a tag: its first field is a timestamp or key, its second a value. */
    private boolean entry(int firstKey, int secondKey) {
        limits.entry(position);
        if (!readVarint()) {
            return false;
        }
        int end = position + varint;
        while (position < end) {
            if (!readVarint()) {
                return false;
            }
            int key = varint;
            innerKey = key;
            boolean readable;
            if (key == firstKey || key == secondKey) {
                readable = (key & 7) == BYTES ? bytes() : forward(8);
            } else {
                readable = skip(key & 7);
            }
            if (!readable) {
                return false;
            }
        }
        return true;
    }

    private boolean id() {
        if (!readVarint()) {
            return false;
        }
        // The decoder doubles the length to get hex digits. A negative one may overflow into a
        // small positive one.
        int length = varint * 2 / 2;
        if (varint == 0) {
            return true;
        }
        return varint <= 32 && length > 0 && forward(length);
    }

    private boolean name() {
        if (!bytes()) {
            return false;
        }
        limits.name(body, position - varint, position);
        return true;
    }

    private boolean bytes() {
        return readVarint() && varint >= 0 && forward(varint);
    }

    private boolean skip(int wireType) {
        switch (wireType) {
            case VARINT -> {
                while (position < body.length && body[position++] < 0) {
                    // the last byte of a number is the first without the high bit
                }
            }
            case FIXED64 -> position += Math.min(8, body.length - position);
            case FIXED32 -> position += Math.min(4, body.length - position);
            case BYTES -> {
                if (!readVarint()) {
                    return false;
                }
                if (varint < 0) {
                    throw limits.negativeLength(varint, position);
                }
                position += Math.min(varint, body.length - position);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean forward(int length) {
        if (length > body.length - position) {
            return false;
        }
        position += length;
        return true;
    }

    /** Reads up to 32 bits into {@link #varint}. */
    private boolean readVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position == body.length) {
                return false;
            }
            byte next = body[position++];
            if (shift == 28 && (next & 0xf0) != 0) {
                return false;
            }
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        varint = value;
        return true;
    }

    private boolean readVarint64() {
        for (int i = 0; i < 10; i++) {
            if (position == body.length) {
                return false;
            }
            byte next = body[position++];
            if (i == 9 && (next & 0xf0) != 0) {
                return false;
            }
            if (next >= 0) {
                break;
            }
        }
        return true;
    }
}
