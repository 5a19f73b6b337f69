package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Reads a proto3 list as tracers write it, with one object for what comes again, and leaves everything else to zipkin2's reader, as {@link JsonV2Reader}
 * does. Source of the field numbers: zipkin.proto. Used by one thread.
 */
final class Proto3Reader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final Span.Kind[] KINDS = Span.Kind.values();
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final byte[] body;
    private final Texts texts;
    private final KnownEndpoints endpoints;
    private final Span.Builder span = Span.newBuilder();
    private final byte[] hex = new byte[32];
    private String traceId = "";
    private int traceIdStart;
    private int position;
    private int seen;

    private Proto3Reader(byte[] body, Texts texts) {
        this.body = body;
        this.texts = texts;
        this.endpoints = new KnownEndpoints(body);
    }

    /** The spans, or null when zipkin2's reader has to look. */
    static @Nullable List<Span> read(byte[] body, Texts texts) {
        try {
            return new Proto3Reader(body, texts).list();
        } catch (UnusualException | IllegalArgumentException | IllegalStateException e) {
            return null;
        } catch (IndexOutOfBoundsException e) {
            return null; // the end of the message came too early
        }
    }

    private List<Span> list() {
        List<Span> spans = new ArrayList<>();
        while (position < body.length) {
            expect(number() == (1 << 3 | BYTES));
            spans.add(span(end()));
        }
        return spans;
    }

    private Span span(int end) {
        span.clear();
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
        return span.build();
    }

    private void field(int key) {
        switch (key) {
            case 1 << 3 | BYTES -> span.traceId(traceId());
            case 2 << 3 | BYTES -> span.parentId(id());
            case 3 << 3 | BYTES -> span.id(id());
            case 4 << 3 | VARINT -> span.kind(kind());
            case 5 << 3 | BYTES -> span.name(text());
            case 6 << 3 | FIXED64 -> span.timestamp(fixed64());
            case 7 << 3 | VARINT -> span.duration(number64());
            case 8 << 3 | BYTES -> span.localEndpoint(endpoint());
            case 9 << 3 | BYTES -> span.remoteEndpoint(endpoint());
            case 10 << 3 | BYTES -> annotation(end());
            case 11 << 3 | BYTES -> tag(end());
            case 12 << 3 | VARINT -> {
                if (bool()) {
                    span.debug(true);
                }
            }
            case 13 << 3 | VARINT -> {
                if (bool()) {
                    span.shared(true);
                }
            }
            default -> throw new UnusualException();
        }
    }

    private Span.Kind kind() {
        int kind = number();
        expect(kind > 0 && kind <= KINDS.length);
        return KINDS[kind - 1];
    }

    /** Mostly that of the span before. */
    private String traceId() {
        int end = end();
        int length = end - position;
        expect(length == 8 || length == 16);
        int before = traceIdStart;
        if (traceId.length() != 2 * length || !Arrays.equals(body, before, before + length, body, position, end)) {
            traceIdStart = position;
            traceId = hex(end);
        }
        position = end;
        return traceId;
    }

    private String id() {
        int end = end();
        expect(end - position == 8);
        return hex(end);
    }

    private String hex(int end) {
        int digits = 0;
        while (position < end) {
            byte next = body[position++];
            hex[digits++] = DIGITS[next >> 4 & 15];
            hex[digits++] = DIGITS[next & 15];
        }
        return new String(hex, 0, digits, ISO_8859_1);
    }

    private void tag(int end) {
        @Nullable String key = null;
        String value = "";
        while (position < end) {
            switch (number()) {
                case 1 << 3 | BYTES -> key = text();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new UnusualException();
            }
        }
        if (key == null || position != end) {
            throw new UnusualException();
        }
        span.putTag(key, value);
    }

    private void annotation(int end) {
        long timestampMicros = 0;
        @Nullable String value = null;
        while (position < end) {
            switch (number()) {
                case 1 << 3 | FIXED64 -> timestampMicros = fixed64();
                case 2 << 3 | BYTES -> value = text();
                default -> throw new UnusualException();
            }
        }
        if (timestampMicros == 0 || value == null || position != end) {
            throw new UnusualException();
        }
        span.addAnnotation(timestampMicros, value);
    }

    private Endpoint endpoint() {
        int end = end();
        int known = endpoints.written(position, end - position);
        if (known >= 0) {
            position = end;
            return endpoints.get(known);
        }
        int start = position;
        return endpoints.remember(start, end - start, readEndpoint(end));
    }

    private Endpoint readEndpoint(int end) {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        while (position < end) {
            switch (number()) {
                case 1 << 3 | BYTES -> endpoint.serviceName(text());
                case 2 << 3 | BYTES, 3 << 3 | BYTES -> {
                    int last = end();
                    endpoint.parseIp(Arrays.copyOfRange(body, position, last));
                    position = last;
                }
                case 4 << 3 | VARINT -> endpoint.port(number());
                default -> throw new UnusualException();
            }
        }
        expect(position == end);
        return endpoint.build();
    }

    private String text() {
        int end = end();
        String text = texts.of(body, position, end);
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
        throw new UnusualException();
    }

    private static void expect(boolean usual) {
        if (!usual) {
            throw new UnusualException();
        }
    }
}
