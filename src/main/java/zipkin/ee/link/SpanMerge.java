package zipkin.ee.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Puts the parts of each span together before a trace is linked, with the result of zipkin2's
 * {@code Trace.merge} but without moving the rest of the trace for each part. A span may be sent in
 * parts, and the two sides of a call may share an id.
 */
final class SpanMerge {
    private static final Comparator<String> TEXTS = Comparator.nullsLast(Comparator.naturalOrder());

    /** Parts without an endpoint come first, so that they belong to the first side. */
    static final Comparator<Endpoint> ENDPOINTS =
            Comparator.nullsFirst(Comparator.comparing(Endpoint::serviceName, TEXTS)
                    .thenComparing(Endpoint::ipv4, TEXTS)
                    .thenComparing(Endpoint::ipv6, TEXTS));

    /** Sides that share an id come after the client's. */
    private static final Comparator<Span> PARTS_TOGETHER = Comparator.comparing(Span::id)
            .thenComparing(SpanMerge::isShared)
            .thenComparing(span -> !isShared(span) && span.kind() != Span.Kind.CLIENT)
            .thenComparing(Span::localEndpoint, ENDPOINTS);

    private final List<Span> merged = new ArrayList<>();
    private @Nullable Span last;

    private SpanMerge() {}

    /** Spans of one trace, in the order of their ids. */
    static List<Span> merge(List<Span> spans) {
        if (spans.size() < 2) {
            return spans;
        }
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(PARTS_TOGETHER);
        SpanMerge merge = new SpanMerge();
        for (int from = 0; from < sorted.size(); ) {
            from = merge.addFrom(sorted, from);
        }
        return merge.merged;
    }

    /** Adds the span that begins here, and returns where the next one does. */
    private int addFrom(List<Span> sorted, int from) {
        Span first = sorted.get(from);
        Span.@Nullable Builder whole = null;
        Side side = new Side();
        side.takes(first.localEndpoint());
        int next = from + 1;
        while (next < sorted.size() && isPart(first, sorted.get(next), side)) {
            whole = whole == null ? first.toBuilder() : whole;
            whole.merge(sorted.get(next++));
        }
        Span span = corrected(first, whole);
        merged.add(span);
        last = span;
        return next;
    }

    private static boolean isPart(Span first, Span next, Side side) {
        return next.id().equals(first.id()) && isShared(next) == isShared(first) && side.takes(next.localEndpoint());
    }

    /**
     * Marks a server's side of a call as shared when its tracer has not, and gives it the client's
     * parent.
     */
    @SuppressWarnings("CheckReturnValue") // a builder changes itself
    private Span corrected(Span first, Span.@Nullable Builder whole) {
        Span before = last;
        Span.Builder changed = whole;
        if (before != null && before.id().equals(first.id())) {
            boolean shared = isShared(first);
            if (!shared && before.kind() == Span.Kind.CLIENT && first.kind() == Span.Kind.SERVER) {
                shared = true;
                changed = changed == null ? first.toBuilder() : changed;
                changed.shared(true);
            }
            if (shared && first.parentId() == null && before.parentId() != null) {
                changed = changed == null ? first.toBuilder() : changed;
                changed.parentId(before.parentId());
            }
        }
        return changed == null ? first : changed.build();
    }

    static boolean isShared(Span span) {
        return Boolean.TRUE.equals(span.shared());
    }

    /**
     * What is known of the endpoint of one side of a call, whose parts may have some of it each.
     */
    private static final class Side {
        private @Nullable String service;
        private @Nullable String ipv4;
        private @Nullable String ipv6;
        private int port;

        /** Adds the endpoint unless it contradicts what is known. Returns whether it was added. */
        boolean takes(@Nullable Endpoint endpoint) {
            if (endpoint == null) {
                return true;
            }
            boolean fits = fits(service, endpoint.serviceName())
                    && fits(ipv4, endpoint.ipv4())
                    && fits(ipv6, endpoint.ipv6())
                    && (port == 0 || endpoint.portAsInt() == 0 || port == endpoint.portAsInt());
            if (fits) {
                service = service == null ? endpoint.serviceName() : service;
                ipv4 = ipv4 == null ? endpoint.ipv4() : ipv4;
                ipv6 = ipv6 == null ? endpoint.ipv6() : ipv6;
                port = port == 0 ? endpoint.portAsInt() : port;
            }
            return fits;
        }

        private static boolean fits(@Nullable String known, @Nullable String other) {
            return known == null || other == null || known.equals(other);
        }
    }
}
