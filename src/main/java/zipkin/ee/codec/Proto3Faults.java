package zipkin.ee.codec;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Finds why zipkin2 refuses a proto3 list, and where. Source of the names: zipkin.proto. Used by
 * one thread.
 */
final class Proto3Faults {
    private static final @Nullable String[] SPAN = {
        null,
        "trace_id",
        "parent_id",
        "id",
        "kind",
        "name",
        "timestamp",
        "duration",
        "local_endpoint",
        "remote_endpoint",
        "annotations",
        "tags",
        "debug",
        "shared"
    };
    private static final @Nullable String[] ENDPOINT = {null, "service_name", "ipv4", "ipv6", "port"};
    private static final @Nullable String[] ANNOTATION = {null, "timestamp", "value"};
    private static final @Nullable String[] TAG = {null, "key", "value"};
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int MAX_PORT = 0xffff;

    private final byte[] body;
    private final int span;
    private int position;

    private Proto3Faults(byte[] body, int span, int from) {
        this.body = body;
        this.span = span;
        this.position = from;
    }

    /** Null when no reason is found. The guard has passed the list within these limits. */
    static @Nullable Fault find(byte[] body, Limits limits) {
        Proto3Guard guard = new Proto3Guard(body, new DecodeLimits(Encoding.PROTO3, limits));
        for (int span = 0; guard.position() < body.length; span++) {
            int start = guard.position();
            if (!guard.span()) {
                String problem = "is cut off or has a wrong length, at byte " + guard.position();
                return new Fault(span, path(guard.field(), guard.innerField()), problem, null);
            }
            @Nullable String reason = Fault.refusal(Arrays.copyOfRange(body, start, guard.position()), Encoding.PROTO3);
            if (reason != null) {
                return new Proto3Faults(body, span, start).inSpan(guard.position(), reason);
            }
        }
        return null;
    }

    private static @Nullable String path(int field, int innerField) {
        @Nullable
        String inner =
                switch (field) {
                    case 8, 9 -> name(ENDPOINT, innerField);
                    case 10 -> name(ANNOTATION, innerField);
                    case 11 -> name(TAG, innerField);
                    default -> null;
                };
        @Nullable String name = name(SPAN, field);
        return inner == null ? name : name + "." + inner;
    }

    private static @Nullable String name(@Nullable String[] names, int number) {
        return number > 0 && number < names.length ? names[number] : null;
    }

    /** What zipkin2 refuses of a span that is whole: ids and ports. */
    private Fault inSpan(int end, String reason) {
        boolean hasTraceId = false;
        boolean hasId = false;
        varint();
        varint();
        while (position < end) {
            int key = varint();
            int field = key >>> 3;
            hasTraceId |= field == 1;
            hasId |= field == 3;
            boolean isId = field > 0 && field < 4;
            int to = endOf(key & 7);
            if ((key & 7) == BYTES && isId && !isGood(field, position, to)) {
                String problem = field == 1
                        ? "is not 8 or 16 bytes that are not all zeros"
                        : "is not 8 bytes" + (field == 3 ? " that are not all zeros" : "");
                return new Fault(
                        span, name(SPAN, field), problem, HexFormat.of().formatHex(body, position, to));
            }
            if ((key & 7) == BYTES && (field == 8 || field == 9)) {
                @Nullable Fault port = port(field, to);
                if (port != null) {
                    return port;
                }
            }
            position = to;
        }
        if (!hasTraceId || !hasId) {
            return new Fault(span, name(SPAN, hasTraceId ? 3 : 1), "is missing", null);
        }
        return new Fault(span, null, "is refused", reason);
    }

    private boolean isGood(int field, int from, int to) {
        String hex = HexFormat.of().formatHex(body, from, to);
        Span.Builder builder = Span.newBuilder();
        try {
            switch (field) {
                case 1 -> builder.traceId(hex);
                case 2 -> builder.parentId(hex.isEmpty() ? null : hex);
                default -> builder.id(hex);
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private @Nullable Fault port(int field, int end) {
        while (position < end) {
            int key = varint();
            if (key == (4 << 3 | VARINT)) {
                int port = varint();
                if (port > MAX_PORT) {
                    String path = name(SPAN, field) + ".port";
                    return new Fault(span, path, "is larger than " + MAX_PORT, Integer.toString(port));
                }
            } else {
                position = endOf(key & 7);
            }
        }
        return null;
    }

    /** Where the value ends. The guard has walked over it. */
    private int endOf(int wireType) {
        int start = position;
        int end =
                switch (wireType) {
                    case VARINT -> {
                        while (position < body.length && body[position++] < 0) {
                            // the last byte of a number is the first without the high bit
                        }
                        yield position;
                    }
                    case FIXED64 -> start + Long.BYTES;
                    case BYTES -> {
                        int length = varint();
                        start = position;
                        yield start + length;
                    }
                    default -> start + Integer.BYTES;
                };
        position = start;
        return Math.max(start, Math.min(end, body.length));
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; position < body.length; shift += 7) {
            byte next = body[position++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
