package zipkin.ee.codec;

import java.util.Arrays;
import java.util.function.IntPredicate;
import zipkin2.Endpoint;

/**
 * The spans of one message as columns of numbers over the bytes that they were read from, without
 * per-span objects. Spans, tags and annotations are numbered from 0; texts and endpoints from 1,
 * with 0 for none. Ids are the lower hex digits as numbers; timestamps and durations are
 * microseconds, with 0 for none. A span has each tag key once and no annotation twice, in the order
 * of the message. {@link SpanColumnsBuilder} fills it. Used by one thread.
 */
public final class SpanColumns {
    /** Bits 0 to 2 of the flags are the number of a kind in zipkin.proto, or 0. */
    public static final int KIND = 7;

    /** The trace id has 32 digits. */
    public static final int WIDE = 1 << 3;

    public static final int DEBUG_SET = 1 << 4;
    public static final int DEBUG = 1 << 5;
    public static final int SHARED_SET = 1 << 6;
    public static final int SHARED = 1 << 7;

    // What columns take of the heap, at most, since arrays double.
    public static final int SPAN_BYTES = 144;
    /** Of a tag or an annotation. */
    public static final int ENTRY_BYTES = 64;

    // Long columns of a span.
    static final int TRACE_ID_HIGH = 0;
    static final int TRACE_ID = 1;
    static final int PARENT_ID = 2;
    static final int ID = 3;
    static final int TIMESTAMP = 4;
    static final int DURATION = 5;
    private static final int LONGS = 6;

    // Int columns of a span.
    static final int FLAGS = 0;
    static final int NAME = 1;
    static final int LOCAL_ENDPOINT = 2;
    static final int REMOTE_ENDPOINT = 3;
    private static final int FIRST_TAG = 4;
    private static final int FIRST_ANNOTATION = 5;
    private static final int INTS = 6;

    private static final int TAG = 2;

    // What is kept from one message for the next, half a megabyte together with the texts.
    private static final int KEPT_SPANS = 2048;
    private static final int KEPT_TAGS = 16_384;
    private static final int KEPT_ANNOTATIONS = 4096;
    private static final int KEPT_ENDPOINTS = 2048;

    private final MessageTexts texts = new MessageTexts();
    private EndpointTable endpoints = new EndpointTable();
    private int count;
    private long[] longs = new long[16 * LONGS];
    private int[] ints = new int[16 * INTS];
    private int tagCount;
    private int[] tags = new int[64 * TAG];
    /** Text of shared tags, once for each span that has them. */
    private long sharedTextBytes;

    private int annotationCount;
    private long[] annotationMicros = new long[16];
    private int[] annotationTexts = new int[16];

    /** Removes all spans. The next ones are read from {@code message}. */
    public void begin(byte[] message) {
        count = tagCount = annotationCount = 0;
        sharedTextBytes = 0;
        endpoints.clear();
        texts.begin(message);
    }

    /** Frees the message, and what has grown for an unusual one. */
    public void release() {
        begin(new byte[0]);
        texts.release();
        if (longs.length > KEPT_SPANS * LONGS) {
            longs = new long[16 * LONGS];
            ints = new int[16 * INTS];
        }
        if (tags.length > KEPT_TAGS * TAG) {
            tags = new int[64 * TAG];
        }
        if (annotationTexts.length > KEPT_ANNOTATIONS) {
            annotationMicros = new long[16];
            annotationTexts = new int[16];
        }
        if (endpoints.capacity() > KEPT_ENDPOINTS) {
            endpoints = new EndpointTable();
        }
    }

    // Filling. The span that is being added is the one behind the last.

    MessageTexts texts() {
        return texts;
    }

    void beginSpan() {
        int at = count * LONGS;
        if (at == longs.length) {
            longs = Arrays.copyOf(longs, 2 * at);
            ints = Arrays.copyOf(ints, 2 * count * INTS);
        }
        Arrays.fill(longs, at, at + LONGS, 0);
        Arrays.fill(ints, count * INTS, count * INTS + FIRST_TAG, 0);
        setInt(FIRST_TAG, tagCount);
        setInt(FIRST_ANNOTATION, annotationCount);
    }

    void setLong(int column, long value) {
        longs[count * LONGS + column] = value;
    }

    void setInt(int column, int value) {
        ints[count * INTS + column] = value;
    }

    void addTag(int key, int value) {
        int at = tagCount * TAG;
        if (at == tags.length) {
            tags = Arrays.copyOf(tags, 2 * at);
        }
        tags[at] = key;
        tags[at + 1] = value;
        tagCount++;
    }

    void setTagValue(int tag, int value) {
        tags[tag * TAG + 1] = value;
    }

    void addTags(SharedTags shared) {
        int at = tagCount * TAG;
        int[] added = shared.keysAndValues();
        if (at + added.length > tags.length) {
            tags = Arrays.copyOf(tags, Math.max(2 * tags.length, at + added.length));
        }
        System.arraycopy(added, 0, tags, at, added.length);
        tagCount += shared.size();
        sharedTextBytes += shared.textBytes();
    }

    void addAnnotation(long micros, int value) {
        if (annotationCount == annotationTexts.length) {
            annotationMicros = Arrays.copyOf(annotationMicros, 2 * annotationCount);
            annotationTexts = Arrays.copyOf(annotationTexts, 2 * annotationCount);
        }
        annotationMicros[annotationCount] = micros;
        annotationTexts[annotationCount++] = value;
    }

    void endSpan() {
        count++;
    }

    int addEndpoint(Endpoint endpoint) {
        return endpoints.add(endpoint);
    }

    // Reading.

    /** Bytes of the heap that zipkin2's spans of these columns take, at most. */
    long objectBytes() {
        return SpanSize.of(count, 2L * count, tagCount, annotationCount, texts.totalBytes() + sharedTextBytes);
    }

    public int size() {
        return count;
    }

    public int flags(int span) {
        return ints[span * INTS];
    }

    public long traceIdHigh(int span) {
        return longs[span * LONGS];
    }

    /** The lower 64 bits. */
    public long traceId(int span) {
        return longs[span * LONGS + TRACE_ID];
    }

    public long parentId(int span) {
        return longs[span * LONGS + PARENT_ID];
    }

    public long id(int span) {
        return longs[span * LONGS + ID];
    }

    public long timestampMicros(int span) {
        return longs[span * LONGS + TIMESTAMP];
    }

    public long durationMicros(int span) {
        return longs[span * LONGS + DURATION];
    }

    public int name(int span) {
        return ints[span * INTS + NAME];
    }

    public int localEndpoint(int span) {
        return ints[span * INTS + LOCAL_ENDPOINT];
    }

    public int remoteEndpoint(int span) {
        return ints[span * INTS + REMOTE_ENDPOINT];
    }

    public int firstTag(int span) {
        return ints[span * INTS + FIRST_TAG];
    }

    public int endOfTags(int span) {
        return span + 1 < count ? firstTag(span + 1) : tagCount;
    }

    public int tagKey(int tag) {
        return tags[tag * TAG];
    }

    public int tagValue(int tag) {
        return tags[tag * TAG + 1];
    }

    public int firstAnnotation(int span) {
        return ints[span * INTS + FIRST_ANNOTATION];
    }

    public int endOfAnnotations(int span) {
        return span + 1 < count ? firstAnnotation(span + 1) : annotationCount;
    }

    public long annotationMicros(int annotation) {
        return annotationMicros[annotation];
    }

    public int annotationValue(int annotation) {
        return annotationTexts[annotation];
    }

    /** The number of the last endpoint. */
    public int endpoints() {
        return endpoints.count();
    }

    public Endpoint endpoint(int endpoint) {
        return endpoints.get(endpoint);
    }

    /** A hash with the seed of {@link TextHash}; equal for equal endpoints. */
    public int endpointHash(int endpoint) {
        return endpoints.hash(endpoint);
    }

    /** The array that holds a text as UTF-8. */
    public byte[] textBytes(int text) {
        return texts.bytes(text);
    }

    /** Where a text begins in {@link #textBytes}. */
    public int textFrom(int text) {
        return texts.from(text);
    }

    /** Length of a text in bytes. */
    public int textLength(int text) {
        return texts.length(text);
    }

    /** {@link TextHash} of the bytes of a text. */
    public int textHash(int text) {
        return texts.hash(text);
    }

    public String string(int text) {
        return texts.string(text);
    }

    /** Removes the spans that do not match. */
    public void retain(IntPredicate kept) {
        int spans = 0;
        int tagsKept = 0;
        int annotationsKept = 0;
        for (int span = 0; span < count; span++) {
            if (!kept.test(span)) {
                continue;
            }
            int tag = firstTag(span);
            int tagsHere = endOfTags(span) - tag;
            int annotation = firstAnnotation(span);
            int annotationsHere = endOfAnnotations(span) - annotation;
            System.arraycopy(tags, tag * TAG, tags, tagsKept * TAG, tagsHere * TAG);
            System.arraycopy(annotationMicros, annotation, annotationMicros, annotationsKept, annotationsHere);
            System.arraycopy(annotationTexts, annotation, annotationTexts, annotationsKept, annotationsHere);
            System.arraycopy(longs, span * LONGS, longs, spans * LONGS, LONGS);
            System.arraycopy(ints, span * INTS, ints, spans * INTS, INTS);
            ints[spans * INTS + FIRST_TAG] = tagsKept;
            ints[spans * INTS + FIRST_ANNOTATION] = annotationsKept;
            tagsKept += tagsHere;
            annotationsKept += annotationsHere;
            spans++;
        }
        count = spans;
        tagCount = tagsKept;
        annotationCount = annotationsKept;
    }

    /** Sets the debug flag of all spans. */
    public void markDebug() {
        for (int span = 0; span < count; span++) {
            ints[span * INTS] |= DEBUG_SET | DEBUG;
        }
    }
}
