package zipkin.ee.codec;

import static zipkin.ee.codec.FastPathUnsupportedException.requireUsual;

import java.util.Map;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Adds spans to columns as zipkin2's {@link Span.Builder} builds them: fields in any order between
 * {@link #beginSpan} and {@link #endSpan}. Throws {@link FastPathUnsupportedException} for what a
 * builder would have to merge or refuse. Used by one thread.
 */
public final class SpanColumnsBuilder {
    /** Tags or annotations of a span up to which each new one is compared with all others. */
    static final int MANY = 64;

    /** The same for {@link #putTag}: spans of OTLP have the attributes of their process too. */
    private static final int MANY_PUT = 256;

    private static final int CLIENT = 1;

    private final SpanColumns columns;
    private final MessageTexts texts;
    private int span;
    private int flags;
    private long traceId;
    private long parentId;
    private long id;
    private int tags;
    /** A bit of the hash of each key, which shows of most keys that they are new. */
    private long tagKeys;

    private int annotations;

    /** @param columns which have begun a message */
    public SpanColumnsBuilder(SpanColumns columns) {
        this.columns = columns;
        this.texts = columns.texts();
    }

    public MessageTexts texts() {
        return texts;
    }

    SpanColumns columns() {
        return columns;
    }

    public void beginSpan() {
        span = columns.size();
        columns.beginSpan();
        flags = tags = annotations = 0;
        traceId = parentId = id = tagKeys = 0;
    }

    /** Sets the trace id, whose upper half is 0 if it has 16 digits. */
    public void traceId(long high, long low) {
        columns.setLong(SpanColumns.TRACE_ID_HIGH, high);
        columns.setLong(SpanColumns.TRACE_ID, low);
        traceId = high | low;
        flags |= high != 0 ? SpanColumns.WIDE : 0;
    }

    public void parentId(long value) {
        parentId = value;
    }

    public void id(long value) {
        id = value;
    }

    public void kind(Span.Kind kind) {
        flags = (flags & ~SpanColumns.KIND) | Kinds.number(kind);
    }

    public void name(int text) {
        columns.setInt(SpanColumns.NAME, text);
    }

    public void timestamp(long micros) {
        columns.setLong(SpanColumns.TIMESTAMP, micros);
    }

    public void duration(long micros) {
        columns.setLong(SpanColumns.DURATION, micros);
    }

    public void localEndpoint(int endpoint) {
        columns.setInt(SpanColumns.LOCAL_ENDPOINT, endpoint);
    }

    public void remoteEndpoint(int endpoint) {
        columns.setInt(SpanColumns.REMOTE_ENDPOINT, endpoint);
    }

    public int addEndpoint(Endpoint endpoint) {
        return columns.addEndpoint(endpoint);
    }

    void debug(boolean debug) {
        flags |= debug ? SpanColumns.DEBUG_SET | SpanColumns.DEBUG : SpanColumns.DEBUG_SET;
    }

    void shared() {
        flags |= SpanColumns.SHARED_SET | SpanColumns.SHARED;
    }

    /** @throws FastPathUnsupportedException if the span may have the key already */
    void tag(int key, int value) {
        requireUsual(tags++ < MANY);
        int hash = texts.hash(key);
        long bit = 1L << hash;
        if ((tagKeys & bit) != 0) {
            requireNewKey(hash);
        }
        tagKeys |= bit;
        columns.addTag(key, value);
    }

    /** Makes tags for {@link #shared}. */
    public SharedTags share(Map<String, String> entries) {
        int[] keysAndValues = new int[2 * entries.size()];
        int at = 0;
        long keys = 0;
        long bytes = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            int key = texts.add(entry.getKey());
            int value = texts.add(entry.getValue());
            keysAndValues[at++] = key;
            keysAndValues[at++] = value;
            keys |= 1L << texts.hash(key);
            bytes += texts.length(key) + texts.length(value);
        }
        return new SharedTags(keysAndValues, keys, bytes);
    }

    /** Adds shared tags to a span that has none yet. */
    public void tags(SharedTags shared) {
        requireUsual(shared.size() <= MANY_PUT);
        columns.addTags(shared);
        tags = shared.size();
        tagKeys = shared.keyBits();
    }

    /**
     * Adds a tag, or replaces the value of the tag that has the key.
     *
     * @throws FastPathUnsupportedException if the span has very many tags
     */
    public void putTag(int key, int value) {
        int hash = texts.hash(key);
        long bit = 1L << hash;
        if ((tagKeys & bit) != 0) {
            int same = find(key, hash);
            if (same >= 0) {
                columns.setTagValue(same, value);
                return;
            }
        }
        requireUsual(tags++ < MANY_PUT);
        tagKeys |= bit;
        columns.addTag(key, value);
    }

    private int find(int key, int hash) {
        int first = columns.firstTag(span);
        for (int tag = first; tag < first + tags; tag++) {
            int other = columns.tagKey(tag);
            if (texts.hash(other) == hash && texts.equal(other, key)) {
                return tag;
            }
        }
        return -1;
    }

    private void requireNewKey(int hash) {
        for (int tag = columns.firstTag(span); tag < columns.firstTag(span) + tags - 1; tag++) {
            requireUsual(texts.hash(columns.tagKey(tag)) != hash);
        }
    }

    /** @throws FastPathUnsupportedException if the span may have the annotation already */
    public void annotation(long micros, int value) {
        requireUsual(annotations < MANY);
        int first = columns.firstAnnotation(span);
        for (int i = first; i < first + annotations; i++) {
            requireUsual(columns.annotationMicros(i) != micros
                    || texts.hash(columns.annotationValue(i)) != texts.hash(value));
        }
        columns.addAnnotation(micros, value);
        annotations++;
    }

    /**
     * Ends the span by the rules of zipkin2: no span is its own parent, and a client's id is not
     * shared.
     *
     * @throws FastPathUnsupportedException without trace id or id
     */
    public void endSpan() {
        requireUsual(traceId != 0 && id != 0);
        if ((flags & SpanColumns.SHARED) != 0 && (flags & SpanColumns.KIND) == CLIENT) {
            flags &= ~(SpanColumns.SHARED | SpanColumns.SHARED_SET);
        }
        columns.setLong(SpanColumns.PARENT_ID, parentId == id ? 0 : parentId);
        columns.setLong(SpanColumns.ID, id);
        columns.setInt(SpanColumns.FLAGS, flags);
        columns.endSpan();
    }
}
