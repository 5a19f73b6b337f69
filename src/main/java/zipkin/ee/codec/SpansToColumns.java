package zipkin.ee.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Adds spans of zipkin2 to columns. Used by one thread, for one message. */
public final class SpansToColumns {
    /** How many of the last endpoints each one is compared with. */
    private static final int RECENT_ENDPOINTS = 8;

    private final SpanColumns columns;
    private @Nullable String lastName;
    private int lastNameText;

    private SpansToColumns(SpanColumns columns) {
        this.columns = columns;
    }

    public static SpanColumns toColumns(List<Span> spans) {
        SpanColumns columns = new SpanColumns();
        add(spans, columns);
        return columns;
    }

    static void add(List<Span> spans, SpanColumns columns) {
        SpansToColumns message = new SpansToColumns(columns);
        spans.forEach(message::add);
    }

    private void add(Span span) {
        columns.beginSpan();
        String trace = span.traceId();
        boolean wide = trace.length() == 32;
        if (wide) {
            columns.setLong(SpanColumns.TRACE_ID_HIGH, Long.parseUnsignedLong(trace, 0, 16, 16));
        }
        columns.setLong(SpanColumns.TRACE_ID, Long.parseUnsignedLong(trace, wide ? 16 : 0, trace.length(), 16));
        columns.setLong(
                SpanColumns.PARENT_ID, span.parentId() == null ? 0 : Long.parseUnsignedLong(span.parentId(), 16));
        columns.setLong(SpanColumns.ID, Long.parseUnsignedLong(span.id(), 16));
        columns.setLong(SpanColumns.TIMESTAMP, span.timestampAsLong());
        columns.setLong(SpanColumns.DURATION, span.durationAsLong());
        columns.setInt(
                SpanColumns.FLAGS,
                (wide ? SpanColumns.WIDE : 0)
                        | Kinds.number(span.kind())
                        | bits(span.debug(), SpanColumns.DEBUG_SET, SpanColumns.DEBUG)
                        | bits(span.shared(), SpanColumns.SHARED_SET, SpanColumns.SHARED));
        columns.setInt(SpanColumns.NAME, name(span.name()));
        columns.setInt(SpanColumns.LOCAL_ENDPOINT, endpoint(span.localEndpoint()));
        columns.setInt(SpanColumns.REMOTE_ENDPOINT, endpoint(span.remoteEndpoint()));
        for (Annotation annotation : span.annotations()) {
            columns.addAnnotation(annotation.timestamp(), columns.texts().add(annotation.value()));
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            columns.addTag(columns.texts().add(tag.getKey()), columns.texts().add(tag.getValue()));
        }
        columns.endSpan();
    }

    /**
     * Reuses the last name: all sides of a v1 span have the same, as long as the message at worst.
     */
    private int name(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.equals(lastName)) {
            lastName = text;
            lastNameText = columns.texts().add(text);
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
        return columns.addEndpoint(endpoint);
    }
}
