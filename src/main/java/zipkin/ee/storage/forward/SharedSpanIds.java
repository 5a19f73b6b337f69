package zipkin.ee.storage.forward;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Span;

/**
 * Ids for systems in which each span has an id of its own: the server's side of a shared span gets
 * a derived id and becomes a child of the client's side.
 */
final class SharedSpanIds {
    private SharedSpanIds() {}

    /** @throws MalformedSpansException for a span without a timestamp */
    static void requireTimestamp(Span span, String system) {
        if (span.timestampAsLong() == 0) {
            throw new MalformedSpansException(system + " takes no span without a timestamp, and " + span.id()
                    + " of trace " + span.traceId() + " has none");
        }
    }

    static String id(Span span) {
        return isShared(span) ? derivedId(span) : span.id();
    }

    static @Nullable String parentId(Span span) {
        return isShared(span) ? span.id() : span.parentId();
    }

    private static boolean isShared(Span span) {
        return Boolean.TRUE.equals(span.shared());
    }

    /** A one-to-one function of the span's id. */
    static String derivedId(Span span) {
        long mixed = Long.parseUnsignedLong(span.id(), 16) * 0x9e37_79b9_7f4a_7c15L;
        return HexFormat.of().toHexDigits(mixed ^ (mixed >>> 32));
    }
}
