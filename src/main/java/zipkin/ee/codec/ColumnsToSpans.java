package zipkin.ee.codec;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/** Makes zipkin2's spans from columns. */
public final class ColumnsToSpans {
    private final FlatSpans columns;
    private final IntFunction<String> strings;

    private ColumnsToSpans(FlatSpans columns, IntFunction<String> strings) {
        this.columns = columns;
        this.strings = strings;
    }

    /** In their order. */
    public static List<Span> toSpans(FlatSpans columns) {
        return new ColumnsToSpans(columns, columns::string).spans();
    }

    /**
     * @param known texts that need no new String
     */
    static List<Span> toSpans(FlatSpans columns, Texts known) {
        return new ColumnsToSpans(columns, text -> {
                    int from = columns.textFrom(text);
                    return known.of(columns.textBytes(text), from, from + columns.textLength(text));
                })
                .spans();
    }

    /** One of them. */
    public static Span span(FlatSpans columns, int span) {
        String trace = traceIdText(columns.flags(span), columns.traceIdHigh(span), columns.traceId(span));
        return new ColumnsToSpans(columns, columns::string)
                .span(span, Span.newBuilder().traceId(trace));
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
        builder.parentId(columns.parentId(i))
                .id(idText(columns.id(i)))
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
        if ((flags & FlatSpans.DEBUG_SET) != 0) {
            builder.debug((flags & FlatSpans.DEBUG) != 0);
        }
        if ((flags & FlatSpans.SHARED_SET) != 0) {
            builder.shared((flags & FlatSpans.SHARED) != 0);
        }
        return builder.build();
    }

    /**
     * A text that zipkin2's builder turns into that id.
     *
     * @param flags tell whether it has 32 digits; when the upper half is zero the builder would drop it, unless a digit is missing
     */
    public static String traceIdText(int flags, long high, long low) {
        boolean wide = (flags & FlatSpans.WIDE) != 0;
        char[] digits = new char[wide ? 32 : 16];
        writeHex(low, digits, digits.length);
        if (wide) {
            writeHex(high, digits, 16);
        }
        return wide && high == 0 ? new String(digits, 1, 31) : new String(digits);
    }

    private static void writeHex(long number, char[] digits, int end) {
        long left = number;
        for (int i = end - 1; i >= end - 16; i--) {
            digits[i] = Character.forDigit((int) left & 15, 16);
            left >>>= 4;
        }
    }

    /** A text that zipkin2's builder turns into that id. It refuses 16 zeros, but not 15, which it pads. */
    public static String idText(long id) {
        char[] digits = new char[16];
        writeHex(id, digits, digits.length);
        return id == 0 ? new String(digits, 1, 15) : new String(digits);
    }
}
