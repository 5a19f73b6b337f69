package zipkin.ee.link;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/** An order of spans by all that they have: two are in the same place when they are equal. */
final class SpanOrder {
    private static final Comparator<String> TEXTS = nullsFirst(naturalOrder());

    private static final Comparator<Endpoint> ENDPOINTS = nullsFirst(comparing(Endpoint::serviceName, TEXTS)
            .thenComparing(Endpoint::ipv4, TEXTS)
            .thenComparing(Endpoint::ipv6, TEXTS)
            .thenComparingInt(Endpoint::portAsInt));

    static final Comparator<Span> OF_ONE_TRACE = comparing(Span::id)
            .thenComparing(Span::parentId, TEXTS)
            .thenComparing(comparingLong(Span::timestampAsLong))
            .thenComparing(comparingLong(Span::durationAsLong))
            .thenComparing(Span::kind, nullsFirst(naturalOrder()))
            .thenComparing(Span::name, TEXTS)
            .thenComparing(Span::traceId)
            .thenComparing(Span::localEndpoint, ENDPOINTS)
            .thenComparing(Span::remoteEndpoint, ENDPOINTS)
            .thenComparing(Span::debug, nullsFirst(naturalOrder()))
            .thenComparing(Span::shared, nullsFirst(naturalOrder()))
            .thenComparing(comparingInt(span -> span.annotations().size()))
            .thenComparing(comparingInt(span -> span.tags().size()))
            .thenComparing(SpanOrder::byAnnotations)
            .thenComparing(SpanOrder::byTags);

    private SpanOrder() {}

    /** Compares as many annotations, in the order in which zipkin2 sorts them. */
    private static int byAnnotations(Span left, Span right) {
        Iterator<Annotation> others = right.annotations().iterator();
        for (Annotation annotation : left.annotations()) {
            int order = annotation.compareTo(others.next());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Compares as many tags, in the order in which zipkin2 sorts them. */
    private static int byTags(Span left, Span right) {
        Iterator<Map.Entry<String, String>> others = right.tags().entrySet().iterator();
        for (Map.Entry<String, String> tag : left.tags().entrySet()) {
            Map.Entry<String, String> other = others.next();
            int byKey = tag.getKey().compareTo(other.getKey());
            int order = byKey != 0 ? byKey : tag.getValue().compareTo(other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
