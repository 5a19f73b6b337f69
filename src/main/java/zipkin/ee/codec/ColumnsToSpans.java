package zipkin.ee.codec;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/** Creates spans of zipkin2 from columns. */
public final class ColumnsToSpans {
    private final SpanColumns columns;
    private final IntFunction<String> strings;

    private ColumnsToSpans(SpanColumns columns, IntFunction<String> strings) {
        this.columns = columns;
        this.strings = strings;
    }

    public static List<Span> toSpans(SpanColumns columns) {
        return new ColumnsToSpans(columns, columns::string).spans();
    }

    /** @param known a cache of Strings */
    static List<Span> toSpans(SpanColumns columns, Texts known) {
        return new ColumnsToSpans(columns, text -> {
                    int from = columns.textFrom(text);
                    return known.of(
                            columns.textBytes(text), from, from + columns.textLength(text), columns.textHash(text));
                })
                .spans();
    }

    public static Span span(SpanColumns columns, int span) {
        Span.Builder builder = Span.newBuilder();
        setTraceId(builder, columns.flags(span), columns.traceIdHigh(span), columns.traceId(span));
        return new ColumnsToSpans(columns, columns::string).span(span, builder);
    }

    private List<Span> spans() {
        Span[] spans = new Span[columns.size()];
        Span.Builder builder = Span.newBuilder();
        @Nullable String traceIdText = null;
        for (int i = 0; i < spans.length; i++) {
            builder.clear();
            long high = columns.traceIdHigh(i);
            long low = columns.traceId(i);
            boolean sameTrace = i > 0 && low == columns.traceId(i - 1) && high == columns.traceIdHigh(i - 1);
            if (sameTrace && traceIdText != null) {
                builder.traceId(traceIdText);
            } else {
                builder.traceId(high, low);
            }
            spans[i] = span(i, builder);
            traceIdText = spans[i].traceId();
        }
        return Arrays.asList(spans);
    }

    private Span span(int i, Span.Builder builder) {
        int flags = columns.flags(i);
        setId(builder, columns.id(i));
        builder.parentId(columns.parentId(i))
                .timestamp(columns.timestampMicros(i))
                .duration(columns.durationMicros(i))
                .kind(Kinds.ofFlags(flags));
        if (columns.name(i) != 0) {
            builder.name(strings.apply(columns.name(i)));
        }
        if (columns.localEndpoint(i) != 0) {
            builder.localEndpoint(columns.endpoint(columns.localEndpoint(i)));
        }
        if (columns.remoteEndpoint(i) != 0) {
            builder.remoteEndpoint(columns.endpoint(columns.remoteEndpoint(i)));
        }
        for (int a = columns.firstAnnotation(i); a < columns.endOfAnnotations(i); a++) {
            builder.addAnnotation(columns.annotationMicros(a), strings.apply(columns.annotationValue(a)));
        }
        for (int t = columns.firstTag(i); t < columns.endOfTags(i); t++) {
            builder.putTag(strings.apply(columns.tagKey(t)), strings.apply(columns.tagValue(t)));
        }
        if ((flags & SpanColumns.DEBUG_SET) != 0) {
            builder.debug((flags & SpanColumns.DEBUG) != 0);
        }
        if ((flags & SpanColumns.SHARED_SET) != 0) {
            builder.shared((flags & SpanColumns.SHARED) != 0);
        }
        return builder.build();
    }

    /** @param flags those of the span, which say whether the trace id has 32 digits */
    public static void setTraceId(Span.Builder builder, int flags, long high, long low) {
        boolean wide = (flags & SpanColumns.WIDE) != 0;
        if (wide == (high != 0) && (high | low) != 0) {
            builder.traceId(high, low);
            return;
        }
        // The builder refuses 16 zeros but pads 15, and drops 16 zeros before 16 digits.
        String digits = HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        builder.traceId(digits.substring(wide ? 1 : 17));
    }

    public static void setId(Span.Builder builder, long id) {
        if (id != 0) {
            builder.id(id);
        } else {
            builder.id("000000000000000"); // the builder refuses 16 zeros but pads 15
        }
    }
}
