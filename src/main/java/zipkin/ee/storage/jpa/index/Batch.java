package zipkin.ee.storage.jpa.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin2.Span;

/**
 * Spans that are stored together and share the rows of their search index. Traces of a batch begin within ten seconds of each
 * other.
 *
 * @param id see {@link BatchIds}; its time is that of the trace that begins last
 * @param spans at least one; a span's number in the index is its position here
 * @param header as bytes, see {@link BatchHeader}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Batch(long id, List<Span> spans, byte[] header) {
    /** Which spans have which term: {@link SpanSet}s by term. */
    public Map<Long, byte[]> index() {
        Map<Long, Numbers> terms = new HashMap<>(spans.size() * 8);
        for (int i = 0; i < spans.size(); i++) {
            int number = i;
            Terms.of(spans.get(i), term -> terms.computeIfAbsent(term, t -> new Numbers())
                    .add(number));
        }
        Map<Long, byte[]> index = new HashMap<>(terms.size() * 2);
        terms.forEach((term, numbers) -> index.put(term, SpanSet.encode(numbers.values, numbers.size, spans.size())));
        return index;
    }

    /** Ascending numbers without duplicates. */
    private static final class Numbers {
        int[] values = new int[2];
        int size;

        void add(int number) {
            if (size > 0 && values[size - 1] == number) {
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = number;
        }
    }
}
