package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static zipkin.ee.codec.FastPathUnsupportedException.requireUsual;
import static zipkin.ee.codec.Proto3Cursor.*;

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
    private static final VarHandle IDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final Span.Kind[] KINDS = Span.Kind.values();

    private final byte[] body;
    private final Proto3Cursor in;
    private final SpanColumnsBuilder spans;
    private final MessageTexts texts;
    private final KnownEndpoints endpoints;
    private int seen;

    private Proto3Reader(byte[] body, SpanColumnsBuilder spans) {
        this.body = body;
        this.in = new Proto3Cursor(body, 0);
        this.spans = spans;
        this.texts = spans.texts();
        this.endpoints = new KnownEndpoints(body);
    }

    /** Fills {@code spans} and returns true, or returns false if zipkin2's reader has to look. */
    static boolean read(byte[] body, SpanColumns spans) {
        spans.begin(body);
        try {
            new Proto3Reader(body, new SpanColumnsBuilder(spans)).list();
            return true;
        } catch (FastPathUnsupportedException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // unusual, malformed or cut off
        }
    }

    private void list() {
        while (in.position < body.length) {
            requireUsual(in.varint32() == (1 << 3 | BYTES));
            span(end());
        }
    }

    private void span(int end) {
        spans.beginSpan();
        seen = 0;
        while (in.position < end) {
            int key = in.varint32();
            int field = key >>> 3;
            if (field != 10 && field != 11) { // all but annotations and tags come once
                requireUsual(field < Integer.SIZE && (seen & 1 << field) == 0);
                seen |= 1 << field;
            }
            field(key);
        }
        requireUsual(in.position == end);
        spans.endSpan();
    }

    private void field(int key) {
        switch (key) {
            case 1 << 3 | BYTES -> traceId();
            case 2 << 3 | BYTES -> spans.parentId(id());
            case 3 << 3 | BYTES -> spans.id(id());
            case 4 << 3 | VARINT -> spans.kind(kind());
            case 5 << 3 | BYTES -> spans.name(lowerCaseText());
            case 6 << 3 | FIXED64 -> spans.timestamp(Math.max(0, in.fixed64()));
            case 7 << 3 | VARINT -> spans.duration(notNegative(in.varint64()));
            case 8 << 3 | BYTES -> spans.localEndpoint(endpoint());
            case 9 << 3 | BYTES -> spans.remoteEndpoint(endpoint());
            case 10 << 3 | BYTES -> annotation(end());
            case 11 << 3 | BYTES -> tag(end());
            case 12 << 3 | VARINT -> {
                if (bool()) {
                    spans.debug(true);
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
        int kind = in.varint32();
        requireUsual(kind > 0 && kind <= KINDS.length);
        return KINDS[kind - 1];
    }

    private void traceId() {
        int end = end();
        int length = end - in.position;
        requireUsual(length == 8 || length == 16);
        spans.traceId(length == 16 ? (long) IDS.get(body, in.position) : 0, (long) IDS.get(body, end - 8));
        in.position = end;
    }

    private long id() {
        int end = end();
        requireUsual(end - in.position == 8);
        long id = (long) IDS.get(body, in.position);
        in.position = end;
        return id;
    }

    private void tag(int end) {
        int key = 0;
        int value = 0;
        while (in.position < end) {
            switch (in.varint32()) {
                case 1 << 3 | BYTES -> key = text();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new FastPathUnsupportedException();
            }
        }
        if (key == 0 || in.position != end) {
            throw new FastPathUnsupportedException();
        }
        spans.tag(key, value == 0 ? texts.ascii(in.position, in.position) : value);
    }

    private void annotation(int end) {
        long timestampMicros = 0;
        int value = 0;
        while (in.position < end) {
            switch (in.varint32()) {
                case 1 << 3 | FIXED64 -> timestampMicros = in.fixed64();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new FastPathUnsupportedException();
            }
        }
        if (timestampMicros == 0 || value == 0 || in.position != end) {
            throw new FastPathUnsupportedException();
        }
        spans.annotation(timestampMicros, value);
    }

    private int endpoint() {
        int end = end();
        int known = endpoints.written(in.position, end - in.position);
        if (known >= 0) {
            in.position = end;
            return endpoints.get(known);
        }
        int start = in.position;
        return endpoints.remember(start, end - start, spans.addEndpoint(readEndpoint(end)));
    }

    private Endpoint readEndpoint(int end) {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        while (in.position < end) {
            switch (in.varint32()) {
                case 1 << 3 | BYTES -> {
                    int last = end();
                    endpoint.serviceName(new String(body, in.position, last - in.position, UTF_8));
                    in.position = last;
                }
                case 2 << 3 | BYTES, 3 << 3 | BYTES -> {
                    int last = end();
                    endpoint.parseIp(Arrays.copyOfRange(body, in.position, last));
                    in.position = last;
                }
                case 4 << 3 | VARINT -> endpoint.port(in.varint32());
                default -> throw new FastPathUnsupportedException();
            }
        }
        requireUsual(in.position == end);
        return endpoint.build();
    }

    private int text() {
        int end = end();
        int text = texts.utf8(in.position, end);
        in.position = end;
        return text;
    }

    private int lowerCaseText() {
        int end = end();
        int text = texts.lowerCase(in.position, end);
        in.position = end;
        return text;
    }

    /** Reads a length and returns where the value ends. Empty values are unusual. */
    private int end() {
        int length = in.varint32();
        requireUsual(length > 0 && length <= body.length - in.position);
        return in.position + length;
    }

    private boolean bool() {
        byte value = body[in.position++];
        requireUsual(value == 0 || value == 1);
        return value == 1;
    }

    private static long notNegative(long number) {
        requireUsual(number >= 0);
        return number;
    }
}
