package zipkin.ee.codec;

import static zipkin.ee.codec.Proto3Cursor.*;

/**
 * Walks over a proto3 list as zipkin2's decoder does, field by field and with the same treatment of
 * wrong lengths, and refuses what would make the decoder go back: the negative length of an unknown
 * field. Source of the field numbers: zipkin.proto.
 */
final class Proto3Guard {
    private final byte[] body;
    private final Proto3Cursor in;
    private final DecodeLimits limits;
    private int spanKey;
    private int innerKey;

    Proto3Guard(byte[] body, DecodeLimits limits) {
        this.body = body;
        this.in = new Proto3Cursor(body, 0);
        this.limits = limits;
    }

    /** Walks over the list up to where zipkin2 refuses it, if it does. */
    static void check(byte[] body, DecodeLimits limits) {
        try {
            Proto3Guard guard = new Proto3Guard(body, limits);
            while (guard.position() < body.length) {
                guard.span();
            }
        } catch (IndexOutOfBoundsException e) {
            // The message is cut off or a length is wrong. The decoder will say so.
        }
    }

    int position() {
        return in.position;
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

    /** Walks over the next span. Throws {@link IndexOutOfBoundsException} where zipkin2 stops. */
    void span() {
        spanKey = innerKey = 0;
        in.varint32(); // the key, which the decoder ignores
        int length = in.varint32();
        require(length > 0);
        require(length <= body.length - in.position);
        limits.span(in.position);
        int end = in.position + length;
        while (in.position < end) {
            spanKey = in.varint32();
            innerKey = 0;
            switch (spanKey) {
                case 1 << 3 | BYTES, 2 << 3 | BYTES, 3 << 3 | BYTES -> id();
                case 4 << 3 | VARINT -> require(in.varint32() >= 0);
                case 5 << 3 | BYTES -> name();
                case 6 << 3 | FIXED64 -> forward(8);
                case 7 << 3 | VARINT -> in.varint64();
                case 8 << 3 | BYTES, 9 << 3 | BYTES -> endpoint();
                case 10 << 3 | BYTES -> entry(1 << 3 | FIXED64);
                case 11 << 3 | BYTES -> entry(1 << 3 | BYTES);
                case 12 << 3 | VARINT, 13 << 3 | VARINT -> forward(1);
                default -> skip(spanKey);
            }
        }
    }

    private void endpoint() {
        int end = innerEnd();
        while (in.position < end) {
            innerKey = in.varint32();
            switch (innerKey) {
                case 1 << 3 | BYTES -> name();
                case 2 << 3 | BYTES, 3 << 3 | BYTES -> bytes();
                case 4 << 3 | VARINT -> in.varint32();
                default -> skip(innerKey);
            }
        }
    }

    /**
     * Walks over an annotation or a tag.
     *
     * @param firstKey key of the field with an annotation's timestamp or with a tag's key
     */
    private void entry(int firstKey) {
        limits.entry(in.position);
        int end = innerEnd();
        while (in.position < end) {
            innerKey = in.varint32();
            if (innerKey == (2 << 3 | BYTES) || (innerKey == firstKey && firstKey == (1 << 3 | BYTES))) {
                bytes();
            } else if (innerKey == firstKey) {
                forward(8);
            } else {
                skip(innerKey);
            }
        }
    }

    /** Reads a length. The end may overflow or lie beyond the span, as it may in the decoder. */
    private int innerEnd() {
        int length = in.varint32();
        return in.position + length;
    }

    private void id() {
        int length = in.varint32();
        if (length != 0) {
            // The decoder doubles the length to get hex digits, which a negative one may overflow.
            require(length <= 32 && length * 2 / 2 > 0);
            forward(length * 2 / 2);
        }
    }

    private void name() {
        int length = bytes();
        limits.name(body, in.position - length, in.position);
    }

    private int bytes() {
        int length = in.varint32();
        require(length >= 0);
        forward(length);
        return length;
    }

    private void skip(int key) {
        int end = in.valueEnd(key & 7);
        if (end < in.position) {
            throw limits.negativeLength(end - in.position, in.position);
        }
        in.position = end;
    }

    private void forward(int length) {
        require(length <= body.length - in.position);
        in.position += length;
    }

    private static void require(boolean readable) {
        if (!readable) {
            throw new IndexOutOfBoundsException("A length is wrong");
        }
    }
}
