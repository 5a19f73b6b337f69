package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The spans of one message as columns of numbers over the bytes that they were read from: no object a span, no String. Ids are the numbers that their
 * lower hex digits stand for, timestamps and durations are microseconds with 0 for none, texts are indexes from 1 on with 0 for none, and so are endpoints. A
 * span has each tag key once and no annotation twice; both come in the order in which they were read. It can be filled again and again. Used by one thread.
 */
public final class FlatSpans {
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

    private static final @Nullable Span.Kind[] KINDS = {
        null, Span.Kind.CLIENT, Span.Kind.SERVER, Span.Kind.PRODUCER, Span.Kind.CONSUMER
    };
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

    private @Nullable String lastName;
    private int lastNameText;

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
        lastName = null;
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
        flags = (flags & ~KIND) | number(kind);
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

    /** @throws UnusualException when the key was there before, or may have been */
    void tag(int key, int value) {
        int before = tagCount - firstTag;
        if (before >= MANY) {
            throw new UnusualException();
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
                throw new UnusualException();
            }
        }
    }

    private void addTag(int key, int value) {
        int at = tagCount * TAG;
        if (at == tags.length) {
            tags = Arrays.copyOf(tags, 2 * at);
        }
        tags[at] = key;
        tags[at + 1] = value;
        tagCount++;
    }

    /** @throws UnusualException when it was there before, or may have been */
    void annotation(long micros, int value) {
        if (annotationCount - firstAnnotation >= MANY) {
            throw new UnusualException();
        }
        for (int i = firstAnnotation; i < annotationCount; i++) {
            if (annotationMicros[i] == micros && textHash(annotationTexts[i]) == textHash(value)) {
                throw new UnusualException();
            }
        }
        addAnnotation(micros, value);
    }

    private void addAnnotation(long micros, int value) {
        if (annotationCount == annotationTexts.length) {
            annotationMicros = Arrays.copyOf(annotationMicros, 2 * annotationCount);
            annotationTexts = Arrays.copyOf(annotationTexts, 2 * annotationCount);
        }
        annotationMicros[annotationCount] = micros;
        annotationTexts[annotationCount++] = value;
    }

    /**
     * As zipkin2's builder ends a span: its own parent is none, and a client shares nothing.
     *
     * @throws UnusualException without trace id or id
     */
    void endSpan() {
        if ((traceId | traceIdHigh) == 0 || id == 0) {
            throw new UnusualException();
        }
        if (parentId == id) {
            parentId = 0;
        }
        if ((flags & SHARED) != 0 && (flags & KIND) == CLIENT) {
            flags &= ~(SHARED | SHARED_SET);
        }
        addSpan();
    }

    private void addSpan() {
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

    /** {@code body[from, to)}, which is UTF-8; what is not is replaced as {@link String} replaces it. Empty is a text too. */
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
        }
        endpoints[endpointCount] = endpoint;
        return ++endpointCount;
    }

    /** Adds spans that were read by zipkin2. */
    public void addAll(List<Span> spans) {
        for (Span span : spans) {
            add(span);
        }
    }

    private void add(Span span) {
        beginSpan();
        String trace = span.traceId();
        boolean wide = trace.length() == 32;
        traceIdHigh = wide ? Long.parseUnsignedLong(trace, 0, 16, 16) : 0;
        traceId = Long.parseUnsignedLong(trace, wide ? 16 : 0, trace.length(), 16);
        parentId = span.parentId() == null ? 0 : Long.parseUnsignedLong(span.parentId(), 16);
        id = Long.parseUnsignedLong(span.id(), 16);
        flags = (wide ? WIDE : 0)
                | number(span.kind())
                | bits(span.debug(), DEBUG_SET, DEBUG)
                | bits(span.shared(), SHARED_SET, SHARED);
        name = name(span.name());
        timestampMicros = span.timestampAsLong();
        durationMicros = span.durationAsLong();
        localEndpoint = sameOrNew(span.localEndpoint());
        remoteEndpoint = sameOrNew(span.remoteEndpoint());
        for (Annotation annotation : span.annotations()) {
            addAnnotation(annotation.timestamp(), text(annotation.value()));
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            addTag(text(tag.getKey()), text(tag.getValue()));
        }
        addSpan();
    }

    /** The sides of a v1 span have one name, which may be as long as the message. */
    private int name(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.equals(lastName)) {
            lastName = text;
            lastNameText = text(text);
        }
        return lastNameText;
    }

    private static int number(Span.@Nullable Kind kind) {
        return Arrays.asList(KINDS).indexOf(kind);
    }

    /** The kind in the flags of a span. */
    public static Span.@Nullable Kind kindOf(int flags) {
        return KINDS[flags & KIND];
    }

    private static int bits(@Nullable Boolean value, int set, int on) {
        return value == null ? 0 : value ? set | on : set;
    }

    private int sameOrNew(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            return 0;
        }
        for (int i = endpointCount; i > Math.max(0, endpointCount - 8); i--) {
            if (endpoint.equals(endpoints[i - 1])) {
                return i;
            }
        }
        return endpoint(endpoint);
    }

    // What was read. Spans are counted from 0.

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

    /** Marks all as debug. */
    public void markDebug() {
        for (int span = 0; span < count; span++) {
            fields[span * FIELDS] |= DEBUG_SET | DEBUG;
        }
    }

    public String string(int text) {
        return new String(textBytes(text), textFrom(text), textLength(text), UTF_8);
    }

    /** One of them as zipkin2 has it. */
    public Span span(int span) {
        String trace = traceIdText(flags(span), traceIdHigh(span), traceId(span));
        return span(span, Span.newBuilder().traceId(trace), this::string);
    }

    private String text(int text, Texts known) {
        int from = textFrom(text);
        return known.of(textBytes(text), from, from + textLength(text));
    }

    /** The spans as zipkin2 has them. */
    List<Span> toSpans(Texts known) {
        Span[] spans = new Span[count];
        Span.Builder builder = Span.newBuilder();
        @Nullable String traceIdText = null;
        for (int i = 0; i < count; i++) {
            builder.clear();
            boolean sameTrace = i > 0 && traceId(i) == traceId(i - 1) && traceIdHigh(i) == traceIdHigh(i - 1);
            if (sameTrace && traceIdText != null) {
                builder.traceId(traceIdText);
            } else {
                builder.traceId(traceIdHigh(i), traceId(i));
            }
            spans[i] = span(i, builder, text -> text(text, known));
            traceIdText = spans[i].traceId();
        }
        return Arrays.asList(spans);
    }

    private Span span(int i, Span.Builder builder, IntFunction<String> strings) {
        int f = flags(i);
        builder.parentId(parentId(i))
                .id(idText(id(i)))
                .timestamp(timestampMicros(i))
                .duration(durationMicros(i))
                .kind(kindOf(f));
        if (name(i) != 0) {
            builder.name(strings.apply(name(i)));
        }
        if (localEndpoint(i) != 0) {
            builder.localEndpoint(endpoint(localEndpoint(i)));
        }
        if (remoteEndpoint(i) != 0) {
            builder.remoteEndpoint(endpoint(remoteEndpoint(i)));
        }
        for (int a = firstAnnotation(i); a < endOfAnnotations(i); a++) {
            builder.addAnnotation(annotationMicros(a), strings.apply(annotationValue(a)));
        }
        for (int t = firstTag(i); t < endOfTags(i); t++) {
            builder.putTag(strings.apply(tagKey(t)), strings.apply(tagValue(t)));
        }
        if ((f & DEBUG_SET) != 0) {
            builder.debug((f & DEBUG) != 0);
        }
        if ((f & SHARED_SET) != 0) {
            builder.shared((f & SHARED) != 0);
        }
        return builder.build();
    }

    /**
     * A text that zipkin2's builder turns into that id.
     *
     * @param flags tell whether it has 32 digits; when the upper half is zero the builder would drop it, unless a digit is missing
     */
    public static String traceIdText(int flags, long high, long low) {
        boolean wide = (flags & WIDE) != 0;
        char[] digits = new char[wide ? 32 : 16];
        writeHex(low, digits, digits.length);
        if (wide) {
            writeHex(high, digits, 16);
        }
        return wide && high == 0 ? new String(digits, 1, 31) : new String(digits);
    }

    private static void writeHex(long number, char[] digits, int end) {
        long left = number;
        for (int i = end - 1; i >= end - 16; i--) {
            digits[i] = Character.forDigit((int) left & 15, 16);
            left >>>= 4;
        }
    }

    /** A text that zipkin2's builder turns into that id. It refuses 16 zeros, but not 15, which it pads. */
    public static String idText(long id) {
        char[] digits = new char[16];
        writeHex(id, digits, digits.length);
        return id == 0 ? new String(digits, 1, 15) : new String(digits);
    }
}
