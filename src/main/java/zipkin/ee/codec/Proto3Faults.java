package zipkin.ee.codec;

import static zipkin.ee.codec.Proto3Cursor.*;

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
    private static final int MAX_PORT = 0xffff;

    private final byte[] body;
    private final int span;
    private final Proto3Cursor in;

    private Proto3Faults(byte[] body, int span, int from) {
        this.body = body;
        this.span = span;
        this.in = new Proto3Cursor(body, from);
    }

    /** Returns null if no reason is found. The list has to be within the limits. */
    static @Nullable Fault find(byte[] body, Limits limits) {
        Proto3Guard guard = new Proto3Guard(body, new DecodeLimits(Encoding.PROTO3, limits));
        for (int span = 0; guard.position() < body.length; span++) {
            int start = guard.position();
            try {
                guard.span();
            } catch (IndexOutOfBoundsException e) {
                String problem = "is cut off or has a wrong length, at byte " + guard.position();
                return new Fault(span, path(guard.field(), guard.innerField()), problem, null);
            }
            @Nullable String reason = Fault.refusal(Arrays.copyOfRange(body, start, guard.position()), Encoding.PROTO3);
            if (reason != null) {
                try {
                    return new Proto3Faults(body, span, start).inSpan(guard.position(), reason);
                } catch (IndexOutOfBoundsException e) {
                    // A field's length is wrong in a way that zipkin2 does not notice.
                    return new Fault(span, null, "is refused", reason);
                }
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

    /** Describes why zipkin2 refuses a complete span: an id or a port is wrong. */
    private Fault inSpan(int end, String reason) {
        boolean hasTraceId = false;
        boolean hasId = false;
        in.varint32();
        in.varint32();
        while (in.position < end) {
            int key = in.varint32();
            int field = key >>> 3;
            hasTraceId |= field == 1;
            hasId |= field == 3;
            boolean isId = field > 0 && field < 4;
            int to = valueEnd(key);
            if ((key & 7) == BYTES && isId && !isGood(field, in.position, to)) {
                String problem = field == 1
                        ? "is not 8 or 16 bytes that are not all zeros"
                        : "is not 8 bytes" + (field == 3 ? " that are not all zeros" : "");
                return new Fault(
                        span, name(SPAN, field), problem, HexFormat.of().formatHex(body, in.position, to));
            }
            if ((key & 7) == BYTES && (field == 8 || field == 9)) {
                @Nullable Fault port = port(field, to);
                if (port != null) {
                    return port;
                }
            }
            in.position = to;
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

    private int valueEnd(int key) {
        int end = in.valueEnd(key & 7);
        return Math.max(in.position, end); // zipkin2 ignores negative lengths of some fields
    }

    private @Nullable Fault port(int field, int end) {
        while (in.position < end) {
            int key = in.varint32();
            if (key == (4 << 3 | VARINT)) {
                int port = in.varint32();
                if (port > MAX_PORT) {
                    String path = name(SPAN, field) + ".port";
                    return new Fault(span, path, "is larger than " + MAX_PORT, Integer.toString(port));
                }
            } else {
                in.position = valueEnd(key);
            }
        }
        return null;
    }
}
