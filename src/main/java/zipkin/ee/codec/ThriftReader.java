package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.v1.V1Span;
import zipkin2.v1.V1SpanConverter;

/**
 * Reads a thrift list (TBinary) as tracers write it into v1 spans, which zipkin2 converts, and leaves everything else to zipkin2's reader, as {@link JsonV2Reader}
 * does. Source of the field numbers: zipkinCore.thrift. Used by one thread.
 */
@SuppressWarnings("deprecation") // zipkin2 keeps its v1 types for servers
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

    /** Types of binary annotations. */
    private static final int ADDRESS = 0;

    private static final int TEXT = 6;

    private final byte[] body;
    private final Texts texts;
    private final KnownEndpoints known;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final V1Span.Builder span = V1Span.newBuilder();
    private final V1SpanConverter converter = V1SpanConverter.create();
    private int position;

    private ThriftReader(byte[] body, Texts texts) {
        this.body = body;
        this.texts = texts;
        this.known = new KnownEndpoints(body);
    }

    /** The spans, or null when zipkin2's reader has to look. */
    static @Nullable List<Span> read(byte[] body, Texts texts) {
        try {
            return new ThriftReader(body, texts).list();
        } catch (UnusualException | IllegalArgumentException | IllegalStateException e) {
            return null;
        } catch (IndexOutOfBoundsException e) {
            return null; // the end of the message came too early
        }
    }

    private List<Span> list() {
        List<Span> spans = new ArrayList<>();
        for (int left = structs(); left > 0; left--) {
            converter.convert(span(), spans);
        }
        expect(position == body.length && !spans.isEmpty());
        return spans;
    }

    private V1Span span() {
        span.clear();
        int seen = 0;
        for (int field = field(); field != STOP; field = field()) {
            int bit = 1 << (field & 31);
            expect((seen & bit) == 0);
            seen |= bit;
            spanField(field);
        }
        return span.build();
    }

    private void spanField(int field) {
        switch (field) {
            case I64 | 1 -> span.traceId(i64());
            case STRING | 3 -> span.name(text());
            case I64 | 4 -> span.id(i64());
            case I64 | 5 -> span.parentId(i64());
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
            case BOOL | 9 -> span.debug(bool());
            case I64 | 10 -> span.timestamp(i64());
            case I64 | 11 -> span.duration(i64());
            case I64 | 12 -> span.traceIdHigh(i64());
            default -> throw new UnusualException();
        }
    }

    private void annotation() {
        long timestampMicros = 0;
        @Nullable String value = null;
        @Nullable Endpoint host = null;
        for (int field = field(); field != STOP; field = field()) {
            switch (field) {
                case I64 | 1 -> timestampMicros = i64();
                case STRING | 2 -> value = text();
                case STRUCT | 3 -> host = endpoint();
                default -> throw new UnusualException();
            }
        }
        if (timestampMicros == 0 || value == null) {
            throw new UnusualException();
        }
        span.addAnnotation(timestampMicros, value, host);
    }

    private void binaryAnnotation() {
        @Nullable String key = null;
        @Nullable String value = null;
        @Nullable Endpoint host = null;
        int type = -1;
        for (int field = field(); field != STOP; field = field()) {
            switch (field) {
                case STRING | 1 -> key = text();
                case STRING | 2 -> value = text();
                case I32 | 3 -> type = i32();
                case STRUCT | 4 -> host = endpoint();
                default -> throw new UnusualException();
            }
        }
        if (key == null || value == null) {
            throw new UnusualException();
        }
        if (type == TEXT) {
            span.addBinaryAnnotation(key, value, host);
        } else if (type == ADDRESS && value.equals("\1") && host != null && isAddress(key)) {
            span.addBinaryAnnotation(key, host);
        } else {
            throw new UnusualException();
        }
    }

    private static boolean isAddress(String key) {
        return key.equals("sa") || key.equals("ca") || key.equals("ma");
    }

    /** What is compared is a whole struct, so that its end is the end of this one too. */
    private Endpoint endpoint() {
        int start = position;
        int before = known.beginningAt(start);
        if (before >= 0) {
            position = start + known.length(before);
            return endpoints.get(known.get(before));
        }
        Endpoint read = readEndpoint();
        endpoints.add(read);
        known.remember(start, position - start, endpoints.size() - 1);
        return read;
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
                case STRING | 3 -> endpoint.serviceName(text());
                case STRING | 4 -> {
                    int end = end();
                    expect(end - position == 16);
                    endpoint.parseIp(Arrays.copyOfRange(body, position, end));
                    position = end;
                }
                default -> throw new UnusualException();
            }
        }
        return endpoint.build();
    }

    /** The type in the upper half, the number in the lower; numbers of fields that are known are below 32. */
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

    private String text() {
        int end = end();
        String text = texts.of(body, position, end);
        position = end;
        return text;
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
            throw new UnusualException();
        }
    }
}
