package zipkin.ee.storage.memory;

import java.util.Arrays;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;

/**
 * A Bloom filter of the search terms in a block, with three bits per term in one word. Terms are
 * hashes of what spans can be searched by, with and without the service. Bits are never cleared, so
 * any thread may read while one writes.
 */
final class TermFilter {
    /** Words of an open block: about twelve bits per term with ten terms per span. */
    private static final int WORDS = 2048;

    private static final int MIN_WORDS = 16;

    private long[] words = new long[WORDS];

    static int name(int text) {
        return TextHash.of(1, text);
    }

    static int remote(int service) {
        return TextHash.of(2, service);
    }

    /** The term of a tag's key or of an annotation. */
    static int word(int text) {
        return TextHash.of(3, text);
    }

    static int tag(int key, int value) {
        return TextHash.of(key, value) ^ 4;
    }

    /** @param level of {@link Durations} */
    static int duration(int level) {
        return TextHash.of(5, level);
    }

    static int in(int service, int term) {
        return TextHash.of(service, term);
    }

    /**
     * Adds all terms of a span.
     *
     * @param service hash of its service name, or 0
     * @param remoteService hash of the remote service name, or 0
     */
    void add(SpanColumns message, int span, int service, int remoteService) {
        if (message.name(span) != 0) {
            add(service, name(message.textHash(message.name(span))));
        }
        if (remoteService != 0) {
            add(service, remote(remoteService));
        }
        add(service, duration(Durations.level(message.durationMicros(span))));
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            int key = message.textHash(message.tagKey(tag));
            add(service, word(key));
            add(service, tag(key, message.textHash(message.tagValue(tag))));
        }
        for (int a = message.firstAnnotation(span); a < message.endOfAnnotations(span); a++) {
            add(service, word(message.textHash(message.annotationValue(a))));
        }
    }

    private void add(int service, int term) {
        add(term);
        if (service != 0) {
            add(in(service, term));
        }
    }

    private void add(int term) {
        words[term & (words.length - 1)] |= bits(term);
    }

    static boolean mayHave(long[] words, int term) {
        long bits = bits(term);
        return (words[term & (words.length - 1)] & bits) == bits;
    }

    private static long bits(int term) {
        return 1L << (term >>> 11) | 1L << (term >>> 17) | 1L << (term >>> 23);
    }

    long[] words() {
        return words;
    }

    int heapBytes() {
        return words.length * Long.BYTES;
    }

    /** Halves the filter while less than a quarter of its bits are set. */
    void seal() {
        while (words.length > MIN_WORDS && 4 * bitsSet() < (long) words.length * Long.SIZE) {
            int half = words.length / 2;
            long[] folded = Arrays.copyOf(words, half);
            for (int i = 0; i < half; i++) {
                folded[i] |= words[i + half];
            }
            words = folded;
        }
    }

    private long bitsSet() {
        long set = 0;
        for (long word : words) {
            set += Long.bitCount(word);
        }
        return set;
    }
}
