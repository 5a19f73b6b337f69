package zipkin.ee.collect;

import java.util.List;
import java.util.function.LongConsumer;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Span;

/** Reads messages that are not lists in one of Zipkin's encodings. */
@FunctionalInterface
public interface SpanDecoder {
    /**
     * Returns the spans of a message, within limits on their number and nesting.
     *
     * @param message not empty
     * @param room called with the total of heap bytes so far before they are used; throws when
     *     there is no room
     * @throws MalformedSpansException if the message can't be read
     */
    List<Span> decode(byte[] message, LongConsumer room);
}
