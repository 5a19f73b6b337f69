package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Reads a proto3 list as tracers write it, and leaves everything else to zipkin2's reader, as
 * {@link JsonV2Reader} does. Source of the field numbers: zipkin.proto. Used by one thread.
 */
final class Proto3Reader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final Span.Kind[] KINDS = Span.Kind.values();
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final byte[] body;
    private final SpanColumns spans;
    private final KnownEndpoints endpoints;
    private int position;
    private int seen;

    private Proto3Reader(byte[] body, SpanColumns spans) {
        this.body = body;
        this.spans = spans;
        this.endpoints = new KnownEndpoints(body);
    }

    /** Whether {@code spans} has them now; if not, zipkin2's reader has to look. */
    static boolean read(byte[] body, SpanColumns spans) {
        spans.begin(body);
        try {
            new Proto3Reader(body, spans).list();
            return true;
        } catch (FastPathUnsupportedException | IllegalArgumentException e) {
            return false;
        } catch (IndexOutOfBoundsException e) {
            return false; // the end of the message came too early
        }
    }

    private void list() {
        while (position < body.length) {
            expect(number() == (1 << 3 | BYTES));
            span(end());
        }
    }

    private void span(int end) {
        spans.beginSpan();
        seen = 0;
        while (position < end) {
            int key = number();
            int field = key >>> 3;
            if (field != 10 && field != 11) { // all but annotations and tags come once
                expect(field < Integer.SIZE && (seen & 1 << field) == 0);
                seen |= 1 << field;
            }
            field(key);
        }
        expect(position == end);
        spans.endSpan();
    }

    private void field(int key) {
        switch (key) {
            case 1 << 3 | BYTES -> traceId();
            case 2 << 3 | BYTES -> spans.parentId(id());
            case 3 << 3 | BYTES -> spans.id(id());
            case 4 << 3 | VARINT -> spans.kind(kind());
            case 5 << 3 | BYTES -> spans.setName(lowerCaseText());
            case 6 << 3 | FIXED64 -> spans.timestamp(Math.max(0, fixed64()));
            case 7 << 3 | VARINT -> spans.duration(number64());
            case 8 << 3 | BYTES -> spans.setLocalEndpoint(endpoint());
            case 9 << 3 | BYTES -> spans.setRemoteEndpoint(endpoint());
            case 10 << 3 | BYTES -> annotation(end());
            case 11 << 3 | BYTES -> tag(end());
            case 12 << 3 | VARINT -> {
                if (bool()) {
                    spans.debug();
                }
            }
            case 13 << 3 | VARINT -> {
                if (bool()) {
                    spans.shared();
                }
            }
            default -> throw new FastPathUnsupportedException();
        }
    }

    private Span.Kind kind() {
        int kind = number();
        expect(kind > 0 && kind <= KINDS.length);
        return KINDS[kind - 1];
    }

    private void traceId() {
        int end = end();
        int length = end - position;
        expect(length == 8 || length == 16);
        spans.traceId(length == 16 ? (long) BIG_LONGS.get(body, position) : 0, (long) BIG_LONGS.get(body, end - 8));
        position = end;
    }

    private long id() {
        int end = end();
        expect(end - position == 8);
        long id = (long) BIG_LONGS.get(body, position);
        position = end;
        return id;
    }

    private void tag(int end) {
        int key = 0;
        int value = 0;
        while (position < end) {
            switch (number()) {
                case 1 << 3 | BYTES -> key = text();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new FastPathUnsupportedException();
            }
        }
        if (key == 0 || position != end) {
            throw new FastPathUnsupportedException();
        }
        spans.tag(key, value == 0 ? spans.asciiText(position, position) : value);
    }

    private void annotation(int end) {
        long timestampMicros = 0;
        int value = 0;
        while (position < end) {
            switch (number()) {
                case 1 << 3 | FIXED64 -> timestampMicros = fixed64();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new FastPathUnsupportedException();
            }
        }
        if (timestampMicros == 0 || value == 0 || position != end) {
            throw new FastPathUnsupportedException();
        }
        spans.annotation(timestampMicros, value);
    }

    private int endpoint() {
        int end = end();
        int known = endpoints.written(position, end - position);
        if (known >= 0) {
            position = end;
            return endpoints.get(known);
        }
        int start = position;
        return endpoints.remember(start, end - start, spans.endpoint(readEndpoint(end)));
    }

    private Endpoint readEndpoint(int end) {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        while (position < end) {
            switch (number()) {
                case 1 << 3 | BYTES -> {
                    int last = end();
                    endpoint.serviceName(new String(body, position, last - position, UTF_8));
                    position = last;
                }
                case 2 << 3 | BYTES, 3 << 3 | BYTES -> {
                    int last = end();
                    endpoint.parseIp(Arrays.copyOfRange(body, position, last));
                    position = last;
                }
                case 4 << 3 | VARINT -> endpoint.port(number());
                default -> throw new FastPathUnsupportedException();
            }
        }
        expect(position == end);
        return endpoint.build();
    }

    private int text() {
        int end = end();
        int text = spans.text(position, end);
        position = end;
        return text;
    }

    private int lowerCaseText() {
        int end = end();
        int text = spans.lowerCaseText(position, end);
        position = end;
        return text;
    }

    /** Where what has its length in front ends, which is within the body and not at once. */
    private int end() {
        int length = number();
        expect(length > 0 && length <= body.length - position);
        return position + length;
    }

    private long fixed64() {
        long value = (long) LONGS.get(body, position);
        position += Long.BYTES;
        return value;
    }

    private boolean bool() {
        byte value = body[position++];
        expect(value == 0 || value == 1);
        return value == 1;
    }

    /** Below 2^31. */
    private int number() {
        byte first = body[position];
        if (first >= 0) {
            position++;
            return first;
        }
        long number = number64();
        expect(number <= Integer.MAX_VALUE);
        return (int) number;
    }

    /** Below 2^63. */
    private long number64() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = body[position++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new FastPathUnsupportedException();
    }

    private static void expect(boolean usual) {
        if (!usual) {
            throw new FastPathUnsupportedException();
        }
    }
}
