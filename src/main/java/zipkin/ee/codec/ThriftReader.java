package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static zipkin.ee.codec.FastPathUnsupportedException.requireUsual;
import static zipkin.ee.codec.TBinaryCursor.*;

import java.util.Arrays;
import zipkin2.Endpoint;

/**
 * Reads a thrift list (TBinary) as tracers write it, if each span has one side only, and leaves
 * everything else to zipkin2's reader, as {@link JsonV2Reader} does. Source of the field numbers:
 * zipkinCore.thrift. Used by one thread.
 */
final class ThriftReader {
    private final byte[] body;
    private final TBinaryCursor in;
    private final SpanColumnsBuilder spans;
    private final MessageTexts texts;
    private final KnownEndpoints endpoints;
    private final V1SpanAssembler sides;
    private long traceIdHigh;
    private long traceId;

    private ThriftReader(byte[] body, SpanColumnsBuilder spans) {
        this.body = body;
        this.in = new TBinaryCursor(body);
        this.spans = spans;
        this.texts = spans.texts();
        this.endpoints = new KnownEndpoints(body);
        this.sides = new V1SpanAssembler(spans);
    }

    /** Fills {@code spans} and returns true, or returns false if zipkin2's reader has to look. */
    static boolean read(byte[] body, SpanColumns spans) {
        spans.begin(body);
        try {
            new ThriftReader(body, new SpanColumnsBuilder(spans)).list();
            return true;
        } catch (FastPathUnsupportedException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // unusual, malformed or cut off
        }
    }

    private void list() {
        int left = structs();
        requireUsual(left > 0);
        for (; left > 0; left--) {
            span();
        }
        requireUsual(in.isAtEnd());
    }

    private void span() {
        spans.beginSpan();
        sides.begin();
        traceIdHigh = traceId = 0;
        int seen = 0;
        for (int field = in.field(); field != STOP; field = in.field()) {
            int bit = 1 << (field & 31);
            requireUsual((seen & bit) == 0);
            seen |= bit;
            spanField(field);
        }
        requireUsual(traceId != 0);
        spans.traceId(traceIdHigh, traceId);
        sides.end();
        spans.endSpan();
    }

    private void spanField(int field) {
        switch (field) {
            case I64 << TYPE | 1 -> traceId = in.readLong();
            case STRING << TYPE | 3 -> {
                int end = in.stringEnd();
                spans.name(texts.lowerCase(in.position, end));
                in.position = end;
            }
            case I64 << TYPE | 4 -> spans.id(in.readLong());
            case I64 << TYPE | 5 -> spans.parentId(in.readLong());
            case LIST << TYPE | 6 -> {
                for (int left = structs(); left > 0; left--) {
                    annotation();
                }
            }
            case LIST << TYPE | 8 -> {
                for (int left = structs(); left > 0; left--) {
                    binaryAnnotation();
                }
            }
            case BOOL << TYPE | 9 -> spans.debug(bool());
            case I64 << TYPE | 10 -> sides.timestamp(in.readLong());
            case I64 << TYPE | 11 -> sides.duration(in.readLong());
            case I64 << TYPE | 12 -> traceIdHigh = in.readLong();
            default -> throw new FastPathUnsupportedException();
        }
    }

    private void annotation() {
        long timestampMicros = 0;
        int from = -1;
        int to = -1;
        int host = 0;
        for (int field = in.field(); field != STOP; field = in.field()) {
            switch (field) {
                case I64 << TYPE | 1 -> timestampMicros = in.readLong();
                case STRING << TYPE | 2 -> {
                    to = in.stringEnd();
                    from = in.position;
                    in.position = to;
                }
                case STRUCT << TYPE | 3 -> host = endpoint();
                default -> throw new FastPathUnsupportedException();
            }
        }
        requireUsual(timestampMicros > 0 && from >= 0);
        int core = host != 0 && to - from == 2 ? body[from] << 8 | body[from + 1] : 0;
        if (!sides.core(core, timestampMicros)) {
            spans.annotation(timestampMicros, texts.utf8(from, to));
        }
        sides.host(host);
    }

    private void binaryAnnotation() {
        int keyFrom = -1;
        int keyTo = -1;
        int valueFrom = -1;
        int valueTo = -1;
        int host = 0;
        int type = -1;
        for (int field = in.field(); field != STOP; field = in.field()) {
            switch (field) {
                case STRING << TYPE | 1 -> {
                    keyTo = in.stringEnd();
                    keyFrom = in.position;
                    in.position = keyTo;
                }
                case STRING << TYPE | 2 -> {
                    valueTo = in.stringEnd();
                    valueFrom = in.position;
                    in.position = valueTo;
                }
                case I32 << TYPE | 3 -> type = in.readInt();
                case STRUCT << TYPE | 4 -> host = endpoint();
                default -> throw new FastPathUnsupportedException();
            }
        }
        requireUsual(keyFrom >= 0 && valueFrom >= 0);
        int address = keyTo - keyFrom == 2 && body[keyFrom + 1] == 'a' ? body[keyFrom] : 0;
        if (address == 's' || address == 'c' || address == 'm') {
            requireUsual(type == V1TypedValue.BOOL && valueTo - valueFrom == 1 && body[valueFrom] == 1);
            sides.address(address, host);
            return;
        }
        boolean isMarker = keyTo - keyFrom == 2 && body[keyFrom] == 'l' && body[keyFrom + 1] == 'c';
        if (!isMarker || valueTo > valueFrom) {
            spans.tag(texts.utf8(keyFrom, keyTo), value(valueFrom, valueTo, type));
        }
        sides.host(host);
    }

    private int value(int from, int to, int type) {
        if (V1TypedValue.isTyped(type)) {
            return texts.add(V1TypedValue.text(body, from, to, type));
        }
        requireUsual(type == V1TypedValue.TEXT);
        return texts.utf8(from, to);
    }

    /** A known endpoint is compared with its STOP, so it also ends where this one does. */
    private int endpoint() {
        int start = in.position;
        int known = endpoints.beginningAt(start);
        if (known >= 0) {
            in.position = start + endpoints.length(known);
            return endpoints.get(known);
        }
        int read = spans.addEndpoint(readEndpoint());
        return endpoints.remember(start, in.position - start, read);
    }

    private Endpoint readEndpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        for (int field = in.field(); field != STOP; field = in.field()) {
            switch (field) {
                case I32 << TYPE | 1 -> {
                    int start = in.position;
                    if (in.readInt() != 0) {
                        endpoint.parseIp(Arrays.copyOfRange(body, start, in.position));
                    }
                }
                case I16 << TYPE | 2 -> endpoint.port(in.readShort() & 0xffff);
                case STRING << TYPE | 3 -> {
                    int end = in.stringEnd();
                    endpoint.serviceName(new String(body, in.position, end - in.position, UTF_8));
                    in.position = end;
                }
                case STRING << TYPE | 4 -> {
                    int end = in.stringEnd();
                    requireUsual(end - in.position == 16);
                    endpoint.parseIp(Arrays.copyOfRange(body, in.position, end));
                    in.position = end;
                }
                default -> throw new FastPathUnsupportedException();
            }
        }
        return endpoint.build();
    }

    /** Reads the header of a list of structs and returns how many there are. */
    private int structs() {
        requireUsual(in.readByte() == STRUCT);
        int count = in.readInt();
        requireUsual(count >= 0);
        return count;
    }

    private boolean bool() {
        byte value = in.readByte();
        requireUsual(value == 0 || value == 1);
        return value == 1;
    }
}
