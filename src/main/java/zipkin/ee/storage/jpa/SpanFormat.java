package zipkin.ee.storage.jpa;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.jpa.index.Bytes;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A span as the bytes of its row. Every span that zipkin2 can hold comes back equal, which its
 * proto3 codec does not give: that loses empty texts, annotations at time 0, the address
 * {@code ::}, and can't read an id of zeros.
 *
 * <p>In order: flags (variable length, see the constants); high half of a 128-bit trace id, low
 * half, id, parent id (8 bytes each); name; timestamp and duration (variable length); local and
 * remote endpoint, each a byte of flags, service name, IPv4 and IPv6 as texts, port; number of
 * annotations, each the distance of its time from the span's (zigzag) and its value; number of
 * tags, each key and value. What a flag says to be absent is left out. Texts are those of
 * {@link StringTable}.
 */
final class SpanFormat {
    private static final int WIDE_TRACE_ID = 1;
    private static final int PARENT = 1 << 1;
    private static final int NAME = 1 << 2;
    private static final int TIMESTAMP = 1 << 3;
    private static final int DURATION = 1 << 4;
    private static final int LOCAL = 1 << 5;
    private static final int REMOTE = 1 << 6;
    private static final int DEBUG_KNOWN = 1 << 7;
    private static final int DEBUG = 1 << 8;
    private static final int SHARED_KNOWN = 1 << 9;
    private static final int SHARED = 1 << 10;
    private static final int KIND_SHIFT = 11;

    private static final int SERVICE = 1;
    private static final int IPV4 = 1 << 1;
    private static final int IPV6 = 1 << 2;
    private static final int PORT = 1 << 3;

    private static final Span.Kind[] KINDS = {Span.Kind.CLIENT, Span.Kind.SERVER, Span.Kind.PRODUCER, Span.Kind.CONSUMER
    };

    private SpanFormat() {}

    static byte[] encode(Span span, StringTable table) {
        Bytes out = new Bytes();
        out.writeVarint(flags(span));
        String traceId = span.traceId();
        if (traceId.length() == 32) {
            out.writeLong(fromHex(traceId, 0));
        }
        out.writeLong(fromHex(traceId, traceId.length() - 16));
        out.writeLong(fromHex(span.id(), 0));
        if (span.parentId() != null) {
            out.writeLong(fromHex(span.parentId(), 0));
        }
        if (span.name() != null) {
            table.write(span.name(), out);
        }
        if (span.timestampAsLong() != 0) {
            out.writeVarint(span.timestampAsLong());
        }
        if (span.durationAsLong() != 0) {
            out.writeVarint(span.durationAsLong());
        }
        write(span.localEndpoint(), table, out);
        write(span.remoteEndpoint(), table, out);
        out.writeVarint(span.annotations().size());
        for (Annotation annotation : span.annotations()) {
            out.writeVarint(zigzag(annotation.timestamp() - span.timestampAsLong()));
            table.write(annotation.value(), out);
        }
        out.writeVarint(span.tags().size());
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            table.write(tag.getKey(), out);
            table.write(tag.getValue(), out);
        }
        return out.toArray();
    }

    static Span decode(byte[] data, StringTable table) {
        Bytes in = new Bytes(data);
        int flags = (int) in.readVarint();
        Span.Builder span = Span.newBuilder();
        if ((flags & WIDE_TRACE_ID) != 0) {
            span.traceId(in.readLong(), in.readLong());
        } else {
            span.traceId(toHex(in.readLong()));
        }
        span.id(toHex(in.readLong()));
        if ((flags & PARENT) != 0) {
            span.parentId(toHex(in.readLong()));
        }
        int kind = flags >> KIND_SHIFT;
        if (kind != 0) {
            span.kind(KINDS[kind - 1]);
        }
        if ((flags & NAME) != 0) {
            span.name(table.read(in));
        }
        long timestampMicros = (flags & TIMESTAMP) != 0 ? in.readVarint() : 0;
        span.timestamp(timestampMicros).duration((flags & DURATION) != 0 ? in.readVarint() : 0);
        if ((flags & LOCAL) != 0) {
            span.localEndpoint(readEndpoint(table, in));
        }
        if ((flags & REMOTE) != 0) {
            span.remoteEndpoint(readEndpoint(table, in));
        }
        for (int left = (int) in.readVarint(); left > 0; left--) {
            span.addAnnotation(unzigzag(in.readVarint()) + timestampMicros, table.read(in));
        }
        for (int left = (int) in.readVarint(); left > 0; left--) {
            span.putTag(table.read(in), table.read(in));
        }
        if ((flags & DEBUG_KNOWN) != 0) {
            span.debug((flags & DEBUG) != 0);
        }
        if ((flags & SHARED_KNOWN) != 0) {
            span.shared((flags & SHARED) != 0);
        }
        return span.build();
    }

    private static int flags(Span span) {
        int flags = 0;
        flags |= span.traceId().length() == 32 ? WIDE_TRACE_ID : 0;
        flags |= span.parentId() != null ? PARENT : 0;
        flags |= span.name() != null ? NAME : 0;
        flags |= span.timestampAsLong() != 0 ? TIMESTAMP : 0;
        flags |= span.durationAsLong() != 0 ? DURATION : 0;
        flags |= span.localEndpoint() != null ? LOCAL : 0;
        flags |= span.remoteEndpoint() != null ? REMOTE : 0;
        flags |= of(span.debug(), DEBUG_KNOWN, DEBUG);
        flags |= of(span.shared(), SHARED_KNOWN, SHARED);
        return flags | kind(span.kind()) << KIND_SHIFT;
    }

    private static int of(@Nullable Boolean value, int known, int isTrue) {
        return value == null ? 0 : known | (value ? isTrue : 0);
    }

    private static int kind(Span.@Nullable Kind kind) {
        for (int i = 0; i < KINDS.length; i++) {
            if (KINDS[i] == kind) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void write(@Nullable Endpoint endpoint, StringTable table, Bytes out) {
        if (endpoint == null) {
            return;
        }
        int flags = endpoint.serviceName() != null ? SERVICE : 0;
        flags |= endpoint.ipv4() != null ? IPV4 : 0;
        flags |= endpoint.ipv6() != null ? IPV6 : 0;
        flags |= endpoint.portAsInt() != 0 ? PORT : 0;
        out.writeByte(flags);
        writeText(endpoint.serviceName(), table, out);
        writeText(endpoint.ipv4(), table, out);
        writeText(endpoint.ipv6(), table, out);
        if (endpoint.portAsInt() != 0) {
            out.writeVarint(endpoint.portAsInt());
        }
    }

    private static void writeText(@Nullable String text, StringTable table, Bytes out) {
        if (text != null) {
            table.write(text, out);
        }
    }

    private static Endpoint readEndpoint(StringTable table, Bytes in) {
        int flags = in.readByte();
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        if ((flags & SERVICE) != 0) {
            endpoint.serviceName(table.read(in));
        }
        if ((flags & IPV4) != 0) {
            endpoint.parseIp(table.read(in));
        }
        if ((flags & IPV6) != 0) {
            endpoint.parseIp(table.read(in));
        }
        if ((flags & PORT) != 0) {
            endpoint.port((int) in.readVarint());
        }
        return endpoint.build();
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static long fromHex(String text, int from) {
        return Long.parseUnsignedLong(text, from, from + 16, 16);
    }

    /** zipkin2 takes an id of zeros when it is shorter than it should be. */
    private static String toHex(long value) {
        if (value == 0) {
            return "0";
        }
        char[] digits = new char[16];
        for (int i = 0; i < 16; i++) {
            digits[i] = Character.forDigit((int) (value >>> (60 - 4 * i)) & 15, 16);
        }
        return new String(digits);
    }
}
