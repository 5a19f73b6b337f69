package zipkin.ee.codec;

import static zipkin.ee.codec.TBinaryCursor.*;

/**
 * Walks over a TBinary list as zipkin2's decoder does and refuses what it would not survive:
 * unknown fields that are nested too deep, strings of negative length in them (it would go back),
 * and collections of elements without bytes, which it would count to the end. Source of the field
 * numbers: zipkinCore.thrift.
 */
final class ThriftGuard {
    private final byte[] body;
    private final TBinaryCursor in;
    private final DecodeLimits limits;
    private final V1TypedThrift typed;

    // Numbers of the fields that were read last; 0 for none.
    private int spanField;
    private int annotationField;
    private int endpointField;

    /** Index of the annotation in its list. */
    private int annotation;

    ThriftGuard(byte[] body, DecodeLimits limits, TextEdits edits) {
        this.body = body;
        this.in = new TBinaryCursor(body);
        this.limits = limits;
        this.typed = new V1TypedThrift(body, edits);
    }

    /**
     * Walks over the list up to where zipkin2 refuses it, if it does.
     *
     * @param edits gets the changes that make strings of typed binary annotations
     */
    static void check(byte[] body, DecodeLimits limits, TextEdits edits) {
        try {
            ThriftGuard guard = new ThriftGuard(body, limits, edits);
            int count = guard.listLength();
            for (int i = 0; i < count; i++) {
                guard.span();
            }
        } catch (IndexOutOfBoundsException e) {
            // The message is cut off or a length is wrong. The decoder will say so.
        }
    }

    Place place() {
        return new Place(in.position, spanField, annotation, annotationField, endpointField);
    }

    /**
     * A place in a span. Fields are the numbers of those that were read last in the span, the
     * annotation and the endpoint, with 0 for none.
     */
    record Place(int position, int spanField, int annotation, int annotationField, int endpointField) {}

    /** Walks over the next span. Throws {@link IndexOutOfBoundsException} where zipkin2 stops. */
    void span() {
        limits.span(in.position);
        spanField = annotationField = endpointField = 0;
        for (int field = in.field(); field != STOP; field = in.field()) {
            spanField = field & 0xffff;
            switch (field) {
                case STRING << TYPE | 3 -> name();
                case LIST << TYPE | 6 -> annotations(false);
                case LIST << TYPE | 8 -> annotations(true);
                default -> skip(field >> TYPE, 1);
            }
        }
    }

    private void annotations(boolean binary) {
        int count = listLength();
        for (annotation = 0; annotation < count; annotation++) {
            limits.entry(in.position);
            if (binary) {
                binaryAnnotation();
            } else {
                annotation();
            }
            annotationField = 0;
        }
    }

    private void annotation() {
        for (int field = in.field(); field != STOP; field = in.field()) {
            annotationField = field & 0xffff;
            switch (field) {
                case STRING << TYPE | 2 -> string();
                case STRUCT << TYPE | 3 -> endpoint();
                default -> skip(field >> TYPE, 1);
            }
        }
    }

    private void binaryAnnotation() {
        typed.begin();
        for (int field = in.field(); field != STOP; field = in.field()) {
            annotationField = field & 0xffff;
            switch (field) {
                case STRING << TYPE | 1 -> {
                    int length = string();
                    typed.key(in.position - length, length);
                }
                case STRING << TYPE | 2 -> {
                    int length = string();
                    typed.value(in.position - length, length);
                }
                case I32 << TYPE | 3 -> typed.type(in.position, in.readInt());
                case STRUCT << TYPE | 4 -> endpoint();
                default -> skip(field >> TYPE, 1);
            }
        }
        typed.end();
    }

    private void endpoint() {
        for (int field = in.field(); field != STOP; field = in.field()) {
            endpointField = field & 0xffff;
            switch (field) {
                case STRING << TYPE | 3 -> {
                    int length = name();
                    if (length > 0) {
                        limits.serviceName(body, in.position - length, in.position);
                    }
                }
                case STRING << TYPE | 4 -> string();
                default -> skip(field >> TYPE, 1);
            }
        }
        endpointField = 0;
    }

    /** Walks over a string that the decoder reads, and returns its length. */
    private int string() {
        int end = in.stringEnd();
        int length = end - in.position;
        in.position = end;
        return length;
    }

    private int name() {
        int length = string();
        limits.name(body, in.position - length, in.position);
        return length;
    }

    /**
     * Walks over a value that the decoder skips; it does not care whether the message is long
     * enough.
     */
    private void skip(int type, int depth) {
        limits.depth(depth, in.position);
        switch (type) {
            case BOOL, BYTE -> in.skip(1);
            case I16 -> in.skip(2);
            case I32 -> in.skip(4);
            case DOUBLE, I64 -> in.skip(8);
            case STRING -> {
                int length = in.readInt();
                if (length < 0) {
                    throw limits.negativeLength(length, in.position);
                }
                in.skip(length);
            }
            case STRUCT -> {
                for (int field = in.field(); field != STOP; field = in.field()) {
                    skip(field >> TYPE, depth + 1);
                }
            }
            case MAP -> skipElements(in.readByte(), in.readByte(), depth + 1);
            case SET, LIST -> skipElements(in.readByte(), STOP, depth + 1);
            default -> {
                // no bytes
            }
        }
    }

    private void skipElements(int keyType, int valueType, int depth) {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int before = in.position;
            skip(keyType, depth);
            skip(valueType, depth);
            if (in.position == before) {
                // Nor will any of the others move on.
                limits.emptyElements(count - i, in.position);
                return;
            }
        }
    }

    int listLength() {
        in.readByte(); // the type of the elements, which the decoder ignores
        return in.readInt();
    }
}
