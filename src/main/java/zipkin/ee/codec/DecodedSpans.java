package zipkin.ee.codec;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;
import zipkin2.internal.HexCodec;

/**
 * The spans of one message, in the shape that its reader made: columns from our own readers, or
 * objects from zipkin2's. The other shape is made when it is asked for. For one thread, until
 * {@link SpanReader#read} returns.
 */
public final class DecodedSpans {
    private final byte[] message;
    private final SpanColumns columns;
    private final Texts texts;
    private final LongConsumer room;
    private @Nullable List<Span> objects;

    /**
     * @param columns the spans, unless there are objects
     * @param room called with heap bytes before objects take them
     */
    DecodedSpans(byte[] message, SpanColumns columns, @Nullable List<Span> objects, Texts texts, LongConsumer room) {
        this.message = message;
        this.columns = columns;
        this.objects = objects;
        this.texts = texts;
        this.room = room;
    }

    /** Says which spans to keep. */
    @FunctionalInterface
    public interface Filter {
        /**
         * @param debug whether the span has the debug flag
         * @param traceId the low 64 bits
         */
        boolean keeps(boolean debug, long traceId);
    }

    public int size() {
        return objects == null ? columns.size() : objects.size();
    }

    /** Sets the debug flag of every span. */
    public void markDebug() {
        if (objects == null) {
            columns.markDebug();
        } else {
            objects = objects.stream()
                    .map(span -> span.toBuilder().debug(true).build())
                    .toList();
        }
    }

    /** Removes the spans that the filter does not keep. */
    public void retain(Filter filter) {
        if (objects == null) {
            columns.retain(span -> filter.keeps((columns.flags(span) & SpanColumns.DEBUG) != 0, columns.traceId(span)));
        } else {
            objects = objects.stream()
                    .filter(span -> filter.keeps(
                            Boolean.TRUE.equals(span.debug()), HexCodec.lowerHexToUnsignedLong(span.traceId())))
                    .toList();
        }
    }

    /** The spans without an object for each. */
    public SpanColumns toColumns() {
        if (objects != null) {
            columns.begin(message);
            SpansToColumns.add(objects, columns);
            objects = null;
        }
        return columns;
    }

    /** The spans as objects, which stay valid after the reader has returned. */
    public List<Span> toSpans() {
        List<Span> spans = objects;
        if (spans == null) {
            room.accept(columns.objectBytes());
            spans = ColumnsToSpans.toSpans(columns, texts);
            objects = spans;
        }
        return spans;
    }
}
