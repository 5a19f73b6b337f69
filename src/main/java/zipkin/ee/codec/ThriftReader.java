package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import zipkin2.Endpoint;

/**
 * Reads a thrift list (TBinary) as tracers write it where a span tells of one side, and leaves
 * everything else to zipkin2's reader, as {@link JsonV2Reader} does. Source of the field numbers:
 * zipkinCore.thrift. Used by one thread.
 */
final class ThriftReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final int STOP = 0;
    private static final int BOOL = 2 << 16;
    private static final int I16 = 6 << 16;
    private static final int I32 = 8 << 16;
    private static final int I64 = 10 << 16;
    private static final int STRING = 11 << 16;
    private static final int STRUCT = 12 << 16;
    private static final int LIST = 15 << 16;

    private final byte[] body;
    private final SpanColumns spans;
    private final KnownEndpoints endpoints;
    private final V1SpanAssembler sides;
    private int position;
    private long traceIdHigh;
    private long traceId;

    private ThriftReader(byte[] body, SpanColumns spans) {
        this.body = body;
        this.spans = spans;
        this.endpoints = new KnownEndpoints(body);
        this.sides = new V1SpanAssembler(spans);
    }

    /** Whether {@code spans} has them now; if not, zipkin2's reader has to look. */
    static boolean read(byte[] body, SpanColumns spans) {
        spans.begin(body);
        try {
            new ThriftReader(body, spans).list();
            return true;
        } catch (FastPathUnsupportedException | IllegalArgumentException e) {
            return false;
        } catch (IndexOutOfBoundsException e) {
            return false; // the end of the message came too early
        }
    }

    private void list() {
        int left = structs();
        expect(left > 0);
        for (; left > 0; left--) {
            span();
        }
        expect(position == body.length);
    }

    private void span() {
        spans.beginSpan();
        sides.begin();
        traceIdHigh = traceId = 0;
        int seen = 0;
        for (int field = field(); field != STOP; field = field()) {
            int bit = 1 << (field & 31);
            expect((seen & bit) == 0);
            seen |= bit;
            spanField(field);
        }
        expect(traceId != 0);
        spans.traceId(traceIdHigh, traceId);
        sides.end();
        spans.endSpan();
    }

    private void spanField(int field) {
        switch (field) {
            case I64 | 1 -> traceId = i64();
            case STRING | 3 -> {
                int end = end();
                spans.setName(spans.lowerCaseText(position, end));
                position = end;
            }
            case I64 | 4 -> spans.id(i64());
            case I64 | 5 -> spans.parentId(i64());
            case LIST | 6 -> {
                for (int left = structs(); left > 0; left--) {
                    annotation();
                }
            }
            case LIST | 8 -> {
                for (int left = structs(); left > 0; left--) {
                    binaryAnnotation();
                }
            }
            case BOOL | 9 -> spans.debug(bool());
            case I64 | 10 -> sides.timestamp(i64());
            case I64 | 11 -> sides.duration(i64());
            case I64 | 12 -> traceIdHigh = i64();
            default -> throw new FastPathUnsupportedException();
        }
    }

    private void annotation() {
        long timestampMicros = 0;
        int from = -1;
        int to = -1;
        int host = 0;
        for (int field = field(); field != STOP; field = field()) {
            switch (field) {
                case I64 | 1 -> timestampMicros = i64();
                case STRING | 2 -> {
                    to = end();
                    from = position;
                    position = to;
                }
                case STRUCT | 3 -> host = endpoint();
                default -> throw new FastPathUnsupportedException();
            }
        }
        expect(timestampMicros > 0 && from >= 0);
        int core = host != 0 && to - from == 2 ? body[from] << 8 | body[from + 1] : 0;
        if (!sides.core(core, timestampMicros)) {
            spans.annotation(timestampMicros, spans.text(from, to));
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
        for (int field = field(); field != STOP; field = field()) {
            switch (field) {
                case STRING | 1 -> {
                    keyTo = end();
                    keyFrom = position;
                    position = keyTo;
                }
                case STRING | 2 -> {
                    valueTo = end();
                    valueFrom = position;
                    position = valueTo;
                }
                case I32 | 3 -> type = i32();
                case STRUCT | 4 -> host = endpoint();
                default -> throw new FastPathUnsupportedException();
            }
        }
        expect(keyFrom >= 0 && valueFrom >= 0);
        int address = keyTo - keyFrom == 2 && body[keyFrom + 1] == 'a' ? body[keyFrom] : 0;
        if (address == 's' || address == 'c' || address == 'm') {
            expect(type == V1TypedValue.BOOL && valueTo - valueFrom == 1 && body[valueFrom] == 1);
            sides.address(address, host);
            return;
        }
        boolean isMarker = keyTo - keyFrom == 2 && body[keyFrom] == 'l' && body[keyFrom + 1] == 'c';
        if (!isMarker || valueTo > valueFrom) {
            spans.tag(spans.text(keyFrom, keyTo), value(valueFrom, valueTo, type));
        }
        sides.host(host);
    }

    private int value(int from, int to, int type) {
        if (V1TypedValue.isTyped(type)) {
            return spans.text(V1TypedValue.text(body, from, to, type));
        }
        expect(type == V1TypedValue.TEXT);
        return spans.text(from, to);
    }

    /** What is compared is a whole struct, so that its end is the end of this one too. */
    private int endpoint() {
        int start = position;
        int before = endpoints.beginningAt(start);
        if (before >= 0) {
            position = start + endpoints.length(before);
            return endpoints.get(before);
        }
        int read = spans.endpoint(readEndpoint());
        return endpoints.remember(start, position - start, read);
    }

    private Endpoint readEndpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        for (int field = field(); field != STOP; field = field()) {
            switch (field) {
                case I32 | 1 -> {
                    int start = position;
                    if (i32() != 0) {
                        endpoint.parseIp(Arrays.copyOfRange(body, start, position));
                    }
                }
                case I16 | 2 -> {
                    endpoint.port((short) SHORTS.get(body, position) & 0xffff);
                    position += Short.BYTES;
                }
                case STRING | 3 -> {
                    int end = end();
                    endpoint.serviceName(new String(body, position, end - position, UTF_8));
                    position = end;
                }
                case STRING | 4 -> {
                    int end = end();
                    expect(end - position == 16);
                    endpoint.parseIp(Arrays.copyOfRange(body, position, end));
                    position = end;
                }
                default -> throw new FastPathUnsupportedException();
            }
        }
        return endpoint.build();
    }

    /**
     * The type in the upper half, the number in the lower; numbers of fields that are known are
     * below 32.
     */
    private int field() {
        int type = body[position++];
        if (type == STOP) {
            return STOP;
        }
        int number = (short) SHORTS.get(body, position);
        position += Short.BYTES;
        expect(number > 0 && number < 32);
        return type << 16 | number;
    }

    /** How many structs a list has. */
    private int structs() {
        expect(body[position++] << 16 == STRUCT);
        int count = i32();
        expect(count >= 0);
        return count;
    }

    /** Where what has its length in front ends, which is within the body. */
    private int end() {
        int length = i32();
        expect(length >= 0 && length <= body.length - position);
        return position + length;
    }

    private boolean bool() {
        byte value = body[position++];
        expect(value == 0 || value == 1);
        return value == 1;
    }

    private int i32() {
        int value = (int) INTS.get(body, position);
        position += Integer.BYTES;
        return value;
    }

    private long i64() {
        long value = (long) LONGS.get(body, position);
        position += Long.BYTES;
        return value;
    }

    private static void expect(boolean usual) {
        if (!usual) {
            throw new FastPathUnsupportedException();
        }
    }
}
