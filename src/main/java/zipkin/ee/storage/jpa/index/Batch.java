package zipkin.ee.storage.jpa.index;

import java.util.List;
import zipkin2.Span;

/**
 * Spans that are stored together and share the rows of their search index. Traces of a batch begin
 * within ten seconds of each other.
 *
 * @param id see {@link BatchIds}; its time is that of the trace that begins last
 * @param spans at least one; a span's number in the index is its position here
 * @param header as bytes, see {@link BatchHeader}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Batch(long id, List<Span> spans, byte[] header) {
    public Index index() {
        Index index = new Index(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            int number = i;
            Terms.of(spans.get(i), term -> index.add(term, number));
        }
        return index;
    }
}
