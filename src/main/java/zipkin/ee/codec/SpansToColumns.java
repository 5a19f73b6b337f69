package zipkin.ee.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Adds zipkin2's spans to columns. For one message, used by one thread. */
public final class SpansToColumns {
    /** How many endpoints a new one is compared with. */
    private static final int RECENT_ENDPOINTS = 8;

    private final SpanColumns columns;
    private @Nullable String lastName;
    private int lastNameText;

    public SpansToColumns(SpanColumns columns) {
        this.columns = columns;
    }

    public void addAll(List<Span> spans) {
        spans.forEach(this::add);
    }

    private void add(Span span) {
        columns.beginSpan();
        String trace = span.traceId();
        boolean wide = trace.length() == 32;
        columns.traceId(
                wide ? Long.parseUnsignedLong(trace, 0, 16, 16) : 0,
                Long.parseUnsignedLong(trace, wide ? 16 : 0, trace.length(), 16));
        columns.parentId(span.parentId() == null ? 0 : Long.parseUnsignedLong(span.parentId(), 16));
        columns.id(Long.parseUnsignedLong(span.id(), 16));
        columns.flag((wide ? SpanColumns.WIDE : 0)
                | Kinds.number(span.kind())
                | bits(span.debug(), SpanColumns.DEBUG_SET, SpanColumns.DEBUG)
                | bits(span.shared(), SpanColumns.SHARED_SET, SpanColumns.SHARED));
        columns.setName(name(span.name()));
        columns.timestamp(span.timestampAsLong());
        columns.duration(span.durationAsLong());
        columns.setLocalEndpoint(endpoint(span.localEndpoint()));
        columns.setRemoteEndpoint(endpoint(span.remoteEndpoint()));
        for (Annotation annotation : span.annotations()) {
            columns.addAnnotation(annotation.timestamp(), columns.text(annotation.value()));
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            columns.addTag(columns.text(tag.getKey()), columns.text(tag.getValue()));
        }
        columns.addSpan();
    }

    /** The sides of a v1 span have one name, which may be as long as the message. */
    private int name(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.equals(lastName)) {
            lastName = text;
            lastNameText = columns.text(text);
        }
        return lastNameText;
    }

    private static int bits(@Nullable Boolean value, int set, int on) {
        return value == null ? 0 : value ? set | on : set;
    }

    private int endpoint(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            return 0;
        }
        int last = columns.endpoints();
        for (int i = last; i > Math.max(0, last - RECENT_ENDPOINTS); i--) {
            if (endpoint.equals(columns.endpoint(i))) {
                return i;
            }
        }
        return columns.endpoint(endpoint);
    }
}
