package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The spans of one message as columns of numbers over the bytes that they were read from: no object
 * a span, no String. Ids are the numbers that their lower hex digits stand for, timestamps and
 * durations are microseconds with 0 for none, texts are indexes from 1 on with 0 for none, and so
 * are endpoints. A span has each tag key once and no annotation twice; both come in the order in
 * which they were read. It can be filled again and again. Used by one thread.
 */
public final class SpanColumns {
    /** Bits 0 to 2 of the flags are a kind's number in zipkin.proto, or 0. */
    public static final int KIND = 7;

    /** The trace id has 32 digits. */
    public static final int WIDE = 1 << 3;

    public static final int DEBUG_SET = 1 << 4;
    public static final int DEBUG = 1 << 5;
    public static final int SHARED_SET = 1 << 6;
    public static final int SHARED = 1 << 7;

    /** Tags or annotations up to which a span is looked through for each that is added. */
    static final int MANY = 64;

    private static final int CLIENT = 1;
    private static final Endpoint NOWHERE = Endpoint.newBuilder().build();

    private static final int NUMBERS = 6;
    private static final int FIELDS = 6;
    private static final int TEXT = 3;
    private static final int TAG = 2;
    private static final int KEPT_TEXTS = 1 << 15;

    private int count;
    private long[] numbers = new long[16 * NUMBERS];
    private int[] fields = new int[16 * FIELDS];

    private int tagCount;
    private int[] tags = new int[64 * TAG];

    private int annotationCount;
    private long[] annotationMicros = new long[16];
    private int[] annotationTexts = new int[16];

    private byte[] body = new byte[0];
    private int textCount;
    private int[] texts = new int[128 * TEXT];
    private byte[] undone = new byte[256];
    private int undoneLength;

    private int endpointCount;
    private @Nullable Endpoint[] endpoints = new Endpoint[8];
    private int[] endpointHashes = new int[8];

    // The span that is being read.
    private int flags;
    private int name;
    private int localEndpoint;
    private int remoteEndpoint;
    private int firstTag;
    /** A bit of the hash of each key: most keys are seen to be new by it. */
    private long tagKeys;

    private int firstAnnotation;
    private long traceIdHigh;
    private long traceId;
    private long parentId;
    private long id;
    private long timestampMicros;
    private long durationMicros;

    /** Forgets all spans; the next ones are read from {@code message}. */
    public void begin(byte[] message) {
        count = tagCount = annotationCount = textCount = endpointCount = undoneLength = 0;
        body = message;
    }

    /** Lets go of the message, and of columns that were grown for an unusual one. */
    public void release() {
        begin(new byte[0]);
        Arrays.fill(endpoints, null);
        if (texts.length > KEPT_TEXTS * TEXT || undone.length > KEPT_TEXTS) {
            numbers = new long[16 * NUMBERS];
            fields = new int[16 * FIELDS];
            tags = new int[64 * TAG];
            annotationMicros = new long[16];
            annotationTexts = new int[16];
            texts = new int[128 * TEXT];
            undone = new byte[256];
            endpoints = new Endpoint[8];
            endpointHashes = new int[8];
        }
    }

    // Reading: a span's fields in any order between beginSpan and endSpan.

    void beginSpan() {
        flags = name = localEndpoint = remoteEndpoint = 0;
        traceIdHigh = traceId = parentId = id = timestampMicros = durationMicros = 0;
        firstTag = tagCount;
        tagKeys = 0;
        firstAnnotation = annotationCount;
    }

    /** Neither may be anything but what 16 or 32 digits stand for; both 0 is no trace id. */
    void traceId(long high, long low) {
        traceIdHigh = high;
        traceId = low;
        if (high != 0) {
            flags |= WIDE;
        }
    }

    void parentId(long value) {
        parentId = value;
    }

    void id(long value) {
        id = value;
    }

    void kind(Span.Kind kind) {
        flags = (flags & ~KIND) | Kinds.number(kind);
    }

    void setName(int text) {
        name = text;
    }

    void timestamp(long micros) {
        timestampMicros = micros;
    }

    void duration(long micros) {
        durationMicros = micros;
    }

    void setLocalEndpoint(int endpoint) {
        localEndpoint = endpoint;
    }

    void setRemoteEndpoint(int endpoint) {
        remoteEndpoint = endpoint;
    }

    void debug() {
        debug(true);
    }

    void debug(boolean debug) {
        flags |= debug ? DEBUG_SET | DEBUG : DEBUG_SET;
    }

    void shared() {
        flags |= SHARED_SET | SHARED;
    }

    /** @throws FastPathUnsupportedException when the key was there before, or may have been */
    void tag(int key, int value) {
        int before = tagCount - firstTag;
        if (before >= MANY) {
            throw new FastPathUnsupportedException();
        }
        int hash = textHash(key);
        long bit = 1L << hash;
        if ((tagKeys & bit) != 0) {
            requireNewKey(hash);
        }
        tagKeys |= bit;
        addTag(key, value);
    }

    private void requireNewKey(int hash) {
        for (int i = firstTag; i < tagCount; i++) {
            if (textHash(tags[i * TAG]) == hash) {
                throw new FastPathUnsupportedException();
            }
        }
    }

    /** Of a key that the span does not have yet. */
    void addTag(int key, int value) {
        int at = tagCount * TAG;
        if (at == tags.length) {
            tags = Arrays.copyOf(tags, 2 * at);
        }
        tags[at] = key;
        tags[at + 1] = value;
        tagCount++;
    }

    /** @throws FastPathUnsupportedException when it was there before, or may have been */
    void annotation(long micros, int value) {
        if (annotationCount - firstAnnotation >= MANY) {
            throw new FastPathUnsupportedException();
        }
        for (int i = firstAnnotation; i < annotationCount; i++) {
            if (annotationMicros[i] == micros && textHash(annotationTexts[i]) == textHash(value)) {
                throw new FastPathUnsupportedException();
            }
        }
        addAnnotation(micros, value);
    }

    /** That the span does not have yet. */
    void addAnnotation(long micros, int value) {
        if (annotationCount == annotationTexts.length) {
            annotationMicros = Arrays.copyOf(annotationMicros, 2 * annotationCount);
            annotationTexts = Arrays.copyOf(annotationTexts, 2 * annotationCount);
        }
        annotationMicros[annotationCount] = micros;
        annotationTexts[annotationCount++] = value;
    }

    /** Adds to the flags. */
    void flag(int bits) {
        flags |= bits;
    }

    /**
     * As zipkin2's builder ends a span: its own parent is none, and a client shares nothing.
     *
     * @throws FastPathUnsupportedException without trace id or id
     */
    void endSpan() {
        if ((traceId | traceIdHigh) == 0 || id == 0) {
            throw new FastPathUnsupportedException();
        }
        if (parentId == id) {
            parentId = 0;
        }
        if ((flags & SHARED) != 0 && (flags & KIND) == CLIENT) {
            flags &= ~(SHARED | SHARED_SET);
        }
        addSpan();
    }

    /** Ends a span that is as zipkin2's builder leaves it. */
    void addSpan() {
        int n = count * NUMBERS;
        if (n == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * n);
            fields = Arrays.copyOf(fields, 2 * count * FIELDS);
        }
        numbers[n] = traceIdHigh;
        numbers[n + 1] = traceId;
        numbers[n + 2] = parentId;
        numbers[n + 3] = id;
        numbers[n + 4] = timestampMicros;
        numbers[n + 5] = durationMicros;
        int f = count * FIELDS;
        fields[f] = flags;
        fields[f + 1] = name;
        fields[f + 2] = localEndpoint;
        fields[f + 3] = remoteEndpoint;
        fields[f + 4] = firstTag;
        fields[f + 5] = firstAnnotation;
        count++;
    }

    /** {@code body[from, to)}, which is ASCII. */
    int asciiText(int from, int to) {
        return addText(from, to - from, TextHash.of(body, from, to));
    }

    /**
     * {@code body[from, to)}, which is UTF-8; what is not is replaced as {@link String} replaces
     * it. Empty is a text too.
     */
    int text(int from, int to) {
        return TextHash.isAscii(body, from, to)
                ? asciiText(from, to)
                : text(new String(body, from, to - from, UTF_8), from, to);
    }

    private int text(String decoded, int from, int to) {
        if (decoded.indexOf('\uFFFD') >= 0) {
            return text(decoded);
        }
        return addText(from, to - from, TextHash.of(body, from, to));
    }

    /** As {@link #text(int, int)}, in lower case; 0 when it is empty. */
    int lowerCaseText(int from, int to) {
        if (from == to) {
            return 0;
        }
        if (TextHash.isLowerAscii(body, from, to)) {
            return asciiText(from, to);
        }
        return text(new String(body, from, to - from, UTF_8).toLowerCase(Locale.ROOT));
    }

    /** A text that is not in the message as it is. */
    int text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int from = undoneLength;
        if (from + bytes.length > undone.length) {
            undone = Arrays.copyOf(undone, Math.max(2 * undone.length, from + bytes.length));
        }
        System.arraycopy(bytes, 0, undone, from, bytes.length);
        undoneLength += bytes.length;
        return addText(~from, bytes.length, TextHash.of(bytes, 0, bytes.length));
    }

    private int addText(int from, int length, int hash) {
        int at = textCount * TEXT;
        if (at == texts.length) {
            texts = Arrays.copyOf(texts, 2 * at);
        }
        texts[at] = from;
        texts[at + 1] = length;
        texts[at + 2] = hash;
        return ++textCount;
    }

    /** 0 for one that has nothing. */
    int endpoint(Endpoint endpoint) {
        if (endpoint.equals(NOWHERE)) {
            return 0;
        }
        if (endpointCount == endpoints.length) {
            endpoints = Arrays.copyOf(endpoints, 2 * endpointCount);
            endpointHashes = Arrays.copyOf(endpointHashes, 2 * endpointCount);
        }
        endpoints[endpointCount] = endpoint;
        endpointHashes[endpointCount] = hash(endpoint);
        return ++endpointCount;
    }

    private static int hash(Endpoint endpoint) {
        int hash = hash(endpoint.serviceName(), endpoint.portAsInt());
        return hash(endpoint.ipv6(), hash(endpoint.ipv4(), hash));
    }

    private static int hash(@Nullable String text, int rest) {
        return text == null ? rest : TextHash.of(TextHash.of(text), rest);
    }

    // What was read. Spans are counted from 0.

    /** Bytes of the heap that zipkin2's spans of these columns take, at most. */
    long objectBytes() {
        return SpanSize.of(count, 2L * count, tagCount, annotationCount, (long) body.length + undoneLength);
    }

    public int size() {
        return count;
    }

    public int flags(int span) {
        return fields[span * FIELDS];
    }

    public long traceIdHigh(int span) {
        return numbers[span * NUMBERS];
    }

    /** The lower 64 bits. */
    public long traceId(int span) {
        return numbers[span * NUMBERS + 1];
    }

    /** 0 for none. */
    public long parentId(int span) {
        return numbers[span * NUMBERS + 2];
    }

    public long id(int span) {
        return numbers[span * NUMBERS + 3];
    }

    public long timestampMicros(int span) {
        return numbers[span * NUMBERS + 4];
    }

    public long durationMicros(int span) {
        return numbers[span * NUMBERS + 5];
    }

    /** A text. */
    public int name(int span) {
        return fields[span * FIELDS + 1];
    }

    public int localEndpoint(int span) {
        return fields[span * FIELDS + 2];
    }

    public int remoteEndpoint(int span) {
        return fields[span * FIELDS + 3];
    }

    public int firstTag(int span) {
        return fields[span * FIELDS + 4];
    }

    public int endOfTags(int span) {
        return span + 1 < count ? fields[(span + 1) * FIELDS + 4] : tagCount;
    }

    /** A text. */
    public int tagKey(int tag) {
        return tags[tag * TAG];
    }

    /** A text. */
    public int tagValue(int tag) {
        return tags[tag * TAG + 1];
    }

    public int firstAnnotation(int span) {
        return fields[span * FIELDS + 5];
    }

    public int endOfAnnotations(int span) {
        return span + 1 < count ? fields[(span + 1) * FIELDS + 5] : annotationCount;
    }

    public long annotationMicros(int annotation) {
        return annotationMicros[annotation];
    }

    /** A text. */
    public int annotationValue(int annotation) {
        return annotationTexts[annotation];
    }

    /** How many endpoints there are; the last has this number. */
    public int endpoints() {
        return endpointCount;
    }

    public Endpoint endpoint(int endpoint) {
        return Objects.requireNonNull(endpoints[endpoint - 1]);
    }

    /** The same for endpoints that are equal; seeded as {@link TextHash} is. */
    public int endpointHash(int endpoint) {
        return endpointHashes[endpoint - 1];
    }

    /** The array that holds a text. */
    public byte[] textBytes(int text) {
        return texts[(text - 1) * TEXT] < 0 ? undone : body;
    }

    /** Where it begins in {@link #textBytes}. */
    public int textFrom(int text) {
        int from = texts[(text - 1) * TEXT];
        return from < 0 ? ~from : from;
    }

    /** In bytes. */
    public int textLength(int text) {
        return texts[(text - 1) * TEXT + 1];
    }

    /** {@link TextHash} of its bytes. */
    public int textHash(int text) {
        return texts[(text - 1) * TEXT + 2];
    }

    public String string(int text) {
        return new String(textBytes(text), textFrom(text), textLength(text), UTF_8);
    }

    /** Drops the spans of which {@code kept} is false. */
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
            System.arraycopy(numbers, span * NUMBERS, numbers, spans * NUMBERS, NUMBERS);
            System.arraycopy(fields, span * FIELDS, fields, spans * FIELDS, FIELDS);
            fields[spans * FIELDS + 4] = tagsKept;
            fields[spans * FIELDS + 5] = annotationsKept;
            tagsKept += tagsHere;
            annotationsKept += annotationsHere;
            spans++;
        }
        count = spans;
        tagCount = tagsKept;
        annotationCount = annotationsKept;
    }

    /** Marks all as debug. */
    public void markDebug() {
        for (int span = 0; span < count; span++) {
            fields[span * FIELDS] |= DEBUG_SET | DEBUG;
        }
    }
}
