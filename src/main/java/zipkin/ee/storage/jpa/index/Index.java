package zipkin.ee.storage.jpa.index;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Which spans of a batch have which term. Open addressing over primitive numbers, since a batch has
 * thousands. Used by one thread.
 */
public final class Index {
    /** Takes a term and the {@link SpanSet} of the spans that have it. */
    @FunctionalInterface
    public interface Sink {
        void term(long term, byte[] spans);
    }

    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private final int batchSpans;
    private long[] terms = new long[1024];
    private int[][] numbers = new int[1024][];
    private int[] sizes = new int[1024];
    private int used;

    Index(int batchSpans) {
        this.batchSpans = batchSpans;
    }

    /** Spans come in the order of their numbers; the same one may come again. */
    void add(long term, int number) {
        int slot = slot(term);
        int[] spans = numbers[slot];
        if (spans == null) {
            terms[slot] = term;
            numbers[slot] = new int[] {number};
            sizes[slot] = 1;
            if (++used * 2 > terms.length) {
                grow();
            }
            return;
        }
        int size = sizes[slot];
        if (spans[size - 1] == number) {
            return;
        }
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, size * 2);
            numbers[slot] = spans;
        }
        spans[size] = number;
        sizes[slot] = size + 1;
    }

    /**
     * Gives each term once, in ascending order, so that rows are added in the order of their key.
     */
    public void forEach(Sink sink) {
        long[] sorted = new long[used];
        int count = 0;
        for (int slot = 0; slot < terms.length; slot++) {
            if (numbers[slot] != null) {
                sorted[count++] = terms[slot];
            }
        }
        Arrays.sort(sorted);
        for (long term : sorted) {
            int slot = slot(term);
            sink.term(term, SpanSet.encode(numbers[slot], sizes[slot], batchSpans));
        }
    }

    /**
     * Terms are hashes that clients can compute, so where they lie here is decided by a seed too.
     */
    private int slot(long term) {
        long mixed = (term ^ SEED) * MULTIPLIER;
        mixed = (mixed ^ mixed >>> 32) * MULTIPLIER;
        int slot = (int) (mixed >>> 32) & (terms.length - 1);
        while (numbers[slot] != null && terms[slot] != term) {
            slot = (slot + 1) & (terms.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldTerms = terms;
        int[][] oldNumbers = numbers;
        int[] oldSizes = sizes;
        terms = new long[oldTerms.length * 2];
        numbers = new int[oldTerms.length * 2][];
        sizes = new int[oldTerms.length * 2];
        for (int old = 0; old < oldTerms.length; old++) {
            if (oldNumbers[old] != null) {
                int slot = slot(oldTerms[old]);
                terms[slot] = oldTerms[old];
                numbers[slot] = oldNumbers[old];
                sizes[slot] = oldSizes[old];
            }
        }
    }
}
