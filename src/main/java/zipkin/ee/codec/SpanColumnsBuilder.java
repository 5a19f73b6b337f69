package zipkin.ee.codec;

import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Adds spans to columns as zipkin2's {@link Span.Builder} builds them: fields in any order between
 * {@link #beginSpan} and {@link #endSpan}. Throws {@link FastPathUnsupportedException} for what a
 * builder would have to merge or refuse. Used by one thread.
 */
final class SpanColumnsBuilder {
    /** Tags or annotations of a span up to which each new one is compared with all others. */
    static final int MANY = 64;

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

    SpanColumnsBuilder(SpanColumns columns) {
        this.columns = columns;
        this.texts = columns.texts();
    }

    MessageTexts texts() {
        return texts;
    }

    SpanColumns columns() {
        return columns;
    }

    void beginSpan() {
        span = columns.size();
        columns.beginSpan();
        flags = tags = annotations = 0;
        traceId = parentId = id = tagKeys = 0;
    }

    /** Sets the trace id, whose upper half is 0 if it has 16 digits. */
    void traceId(long high, long low) {
        columns.setLong(SpanColumns.TRACE_ID_HIGH, high);
        columns.setLong(SpanColumns.TRACE_ID, low);
        traceId = high | low;
        flags |= high != 0 ? SpanColumns.WIDE : 0;
    }

    void parentId(long value) {
        parentId = value;
    }

    void id(long value) {
        id = value;
    }

    void kind(Span.Kind kind) {
        flags = (flags & ~SpanColumns.KIND) | Kinds.number(kind);
    }

    void name(int text) {
        columns.setInt(SpanColumns.NAME, text);
    }

    void timestamp(long micros) {
        columns.setLong(SpanColumns.TIMESTAMP, micros);
    }

    void duration(long micros) {
        columns.setLong(SpanColumns.DURATION, micros);
    }

    void localEndpoint(int endpoint) {
        columns.setInt(SpanColumns.LOCAL_ENDPOINT, endpoint);
    }

    void remoteEndpoint(int endpoint) {
        columns.setInt(SpanColumns.REMOTE_ENDPOINT, endpoint);
    }

    int addEndpoint(Endpoint endpoint) {
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
        require(tags++ < MANY);
        int hash = texts.hash(key);
        long bit = 1L << hash;
        if ((tagKeys & bit) != 0) {
            requireNewKey(hash);
        }
        tagKeys |= bit;
        columns.addTag(key, value);
    }

    private void requireNewKey(int hash) {
        for (int tag = columns.firstTag(span); tag < columns.firstTag(span) + tags - 1; tag++) {
            require(texts.hash(columns.tagKey(tag)) != hash);
        }
    }

    /** @throws FastPathUnsupportedException if the span may have the annotation already */
    void annotation(long micros, int value) {
        require(annotations < MANY);
        int first = columns.firstAnnotation(span);
        for (int i = first; i < first + annotations; i++) {
            require(columns.annotationMicros(i) != micros
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
    void endSpan() {
        require(traceId != 0 && id != 0);
        if ((flags & SpanColumns.SHARED) != 0 && (flags & SpanColumns.KIND) == CLIENT) {
            flags &= ~(SpanColumns.SHARED | SpanColumns.SHARED_SET);
        }
        columns.setLong(SpanColumns.PARENT_ID, parentId == id ? 0 : parentId);
        columns.setLong(SpanColumns.ID, id);
        columns.setInt(SpanColumns.FLAGS, flags);
        columns.endSpan();
    }

    private static void require(boolean usual) {
        if (!usual) {
            throw new FastPathUnsupportedException();
        }
    }
}
