package zipkin.ee.collect;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SpanColumns;
import zipkin2.Span;

/** Reads messages that are not lists in one of Zipkin's encodings. */
@FunctionalInterface
public interface SpanDecoder {
    /**
     * Reads the spans of a message, within limits on their number and nesting.
     *
     * @param message not empty
     * @param columns may be filled with the spans
     * @param room called with the total of heap bytes so far before they are used; throws when
     *     there is no room
     * @return the spans, or null if the columns have them
     * @throws MalformedSpansException if the message can't be read
     */
    @Nullable
    List<Span> decode(byte[] message, SpanColumns columns, LongConsumer room);

    /**
     * Called when the spans are stored, or in a journal: at most once, after {@link #decode} unless
     * the message was empty.
     */
    default void stored() {}
}
