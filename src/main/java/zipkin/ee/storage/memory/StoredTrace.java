package zipkin.ee.storage.memory;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanSize;
import zipkin2.Span;

/**
 * The spans of a trace as a list that decodes a span at each access, because decoded spans take
 * some ten times the memory of stored ones. Spans of the same millisecond are together, as in the
 * reference. Used by one thread; does not change when the trace is evicted.
 */
final class StoredTrace extends AbstractList<Span> implements RandomAccess {
    /** What a decoded span takes at least, as {@link SpanSize} counts. */
    private static final long LEAST_SPAN_BYTES = 256;

    private final List<Fragment> fragments;
    /** For each span, the index of its fragment and its offset. */
    private final long[] places;

    private final SpanCursor cursor = new SpanCursor();

    /** @param fragments all fragments of a trace, the oldest first */
    StoredTrace(List<Fragment> fragments) {
        this(fragments, places(fragments));
    }

    private StoredTrace(List<Fragment> fragments, long[] places) {
        this.fragments = fragments;
        this.places = places;
    }

    private static long[] places(List<Fragment> fragments) {
        int size = 0;
        for (Fragment fragment : fragments) {
            size += fragment.spans();
        }
        ReadRoom.expect(Math.min((long) size * LEAST_SPAN_BYTES, Results.DECODED_BYTES));
        long[] written = new long[size];
        long[] millis = new long[size];
        SpanCursor cursor = new SpanCursor();
        int span = 0;
        for (int i = 0; i < fragments.size(); i++) {
            fragments.get(i).open(cursor);
            while (cursor.next()) {
                written[span] = (long) i << Integer.SIZE | cursor.offset();
                millis[span++] = cursor.timestampMicros / 1000;
            }
        }
        return grouped(written, millis);
    }

    /** Groups values by key, in the order of the first value of each key. */
    private static long[] grouped(long[] values, long[] keys) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int[] counts = new int[sorted.length];
        for (long key : keys) {
            counts[Arrays.binarySearch(sorted, key)]++;
        }
        int[] ends = new int[sorted.length];
        long[] grouped = new long[values.length];
        int begun = 0;
        for (int i = 0; i < values.length; i++) {
            int group = Arrays.binarySearch(sorted, keys[i]);
            if (ends[group] == 0) {
                ends[group] = begun;
                begun += counts[group];
            }
            grouped[ends[group]++] = values[i];
        }
        return grouped;
    }

    /** Divides the spans by their full trace ids, in the order of first spans. */
    List<StoredTrace> byTraceId() {
        Map<@Nullable Long, Integer> numbers = new HashMap<>();
        long[] ids = new long[places.length];
        for (int i = 0; i < places.length; i++) {
            read(i);
            Long high = (cursor.flags & SpanColumns.WIDE) == 0 ? null : (Long) cursor.traceIdHigh;
            ids[i] = numbers.computeIfAbsent(high, any -> numbers.size());
        }
        if (numbers.size() < 2) {
            return places.length == 0 ? List.of() : List.of(this);
        }
        int[] sizes = new int[numbers.size()];
        for (long id : ids) {
            sizes[(int) id]++;
        }
        long[] together = grouped(places, ids);
        List<StoredTrace> traces = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            traces.add(new StoredTrace(fragments, Arrays.copyOfRange(together, from, from + size)));
            from += size;
        }
        return traces;
    }

    @Override
    public Span get(int index) {
        read(index);
        return cursor.span();
    }

    private void read(int index) {
        long place = places[index];
        Fragment fragment = fragments.get((int) (place >> Integer.SIZE));
        cursor.openSpan(fragment.view(), Fragment.traceId(fragment.view(), fragment.offset()), (int) place);
        cursor.next();
    }

    @Override
    public int size() {
        return places.length;
    }

    /**
     * The traces of one answer. Keeps decoded spans, up to some bytes, so that later steps of the
     * answer need not decode them again. Used by one thread.
     */
    static final class Results {
        private static final long DECODED_BYTES = 2L << 20;

        private long decoded;

        List<Span> of(StoredTrace trace) {
            if (decoded > DECODED_BYTES) {
                return trace;
            }
            long before = ReadRoom.bytes();
            List<Span> spans = new ArrayList<>();
            for (Span span : trace) {
                long bytes = SpanSize.of(span);
                decoded += bytes;
                if (decoded > DECODED_BYTES) {
                    ReadRoom.keepOnly(before, 0);
                    return trace;
                }
                ReadRoom.add(bytes);
                spans.add(span);
            }
            return spans;
        }
    }
}
