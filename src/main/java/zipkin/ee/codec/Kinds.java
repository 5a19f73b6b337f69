package zipkin.ee.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/** The numbers of span kinds in zipkin.proto. */
public final class Kinds {
    private static final @Nullable Span.Kind[] BY_NUMBER = {
        null, Span.Kind.CLIENT, Span.Kind.SERVER, Span.Kind.PRODUCER, Span.Kind.CONSUMER
    };

    private Kinds() {}

    /** Returns 0 for null. */
    static int number(Span.@Nullable Kind kind) {
        return Arrays.asList(BY_NUMBER).indexOf(kind);
    }

    /** Returns the kind in the flags of a span. */
    public static Span.@Nullable Kind ofFlags(int flags) {
        return BY_NUMBER[flags & SpanColumns.KIND];
    }
}
