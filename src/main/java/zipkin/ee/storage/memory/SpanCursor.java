package zipkin.ee.storage.memory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.ColumnsToSpans;
import zipkin.ee.codec.Kinds;
import zipkin.ee.codec.SpanColumns;
import zipkin2.Span;

/**
 * Reads spans from a {@link BlockView} one after the other, each from its fields to its tags to its
 * annotations. Used by one thread.
 */
final class SpanCursor {
    static final int HIGH = 1;
    static final int PARENT = 1 << 1;
    static final int TIMESTAMP = 1 << 2;
    static final int DURATION = 1 << 3;
    static final int NAME = 1 << 4;
    static final int LOCAL = 1 << 5;
    static final int REMOTE = 1 << 6;

    /** Flags, bits of the fields that are present, length of the rest, hash. */
    static final int HEADER = 2 + Integer.BYTES + Integer.BYTES;

    private final Span.Builder builder = Span.newBuilder();
    private @Nullable BlockView view;
    private byte[] data = new byte[0];
    private long baseMicros;
    private int spansLeft;
    private int position;

    /** The lower 64 bits, the same for all spans of the fragment. */
    long traceId;

    int flags;
    int hash;
    long traceIdHigh;
    long id;
    long parentId;
    long timestampMicros;
    long durationMicros;
    int name;
    int localEndpoint;
    int remoteEndpoint;
    int tags;
    int annotations;

    int key;
    int value;
    long annotationMicros;

    private int offset;
    /** The offset of the next span. */
    private int end;

    /** Moves to a fragment, whose spans {@link #next} reads. */
    void open(BlockView block, int fragment) {
        view = block;
        data = block.data();
        baseMicros = block.baseMicros();
        traceId = Fragment.traceId(block, fragment);
        spansLeft = Fragment.spans(data, fragment);
        end = fragment + Fragment.HEADER;
    }

    /** Moves to one span, which {@link #next} reads. */
    void openSpan(BlockView block, long id, int span) {
        view = block;
        data = block.data();
        baseMicros = block.baseMicros();
        traceId = id;
        spansLeft = 1;
        end = span;
    }

    BlockView view() {
        return Objects.requireNonNull(view);
    }

    /** Reads the fields of the next span, up to its tags. Returns false at the end. */
    boolean next() {
        if (spansLeft == 0) {
            return false;
        }
        spansLeft--;
        offset = end;
        readFields(end);
        return true;
    }

    /** The offset of the current span. */
    int offset() {
        return offset;
    }

    private void readFields(int at) {
        flags = data[at] & 0xff;
        int fields = data[at + 1];
        end = at + HEADER + Bytes.getInt(data, at + 2);
        hash = Bytes.getInt(data, at + 2 + Integer.BYTES);
        position = at + HEADER;
        id = eight();
        traceIdHigh = (fields & HIGH) != 0 ? eight() : 0;
        parentId = (fields & PARENT) != 0 ? eight() : 0;
        timestampMicros = (fields & TIMESTAMP) != 0 ? baseMicros + Bytes.unzigzag(varint()) : 0;
        durationMicros = (fields & DURATION) != 0 ? varint() : 0;
        name = (fields & NAME) != 0 ? (int) varint() : 0;
        localEndpoint = (fields & LOCAL) != 0 ? (int) varint() : 0;
        remoteEndpoint = (fields & REMOTE) != 0 ? (int) varint() : 0;
        tags = (int) varint();
    }

    /** Reads the next of {@link #tags} tags into {@link #key} and {@link #value}. */
    void nextTag() {
        key = (int) varint();
        value = (int) varint();
    }

    /** Reads the number of {@link #annotations}. To be called after all tags were read. */
    void openAnnotations() {
        annotations = (int) varint();
    }

    /** Reads the next annotation into {@link #annotationMicros} and {@link #value}. */
    void nextAnnotation() {
        annotationMicros = baseMicros + Bytes.unzigzag(varint());
        value = (int) varint();
    }

    private long eight() {
        long number = Bytes.getLong(data, position);
        position += Long.BYTES;
        return number;
    }

    private long varint() {
        byte next = data[position++];
        if (next >= 0) {
            return next;
        }
        long number = next & 0x7f;
        for (int shift = 7; ; shift += 7) {
            next = data[position++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /**
     * Returns the current span with only what dependency links need. Its tags must not have been
     * read.
     *
     * @param error the number of the text "error" in the block, or 0
     */
    Span linkedSpan(int error) {
        builder.clear();
        builder.traceId(0, 1); // links are of one trace
        setIdentity();
        for (int i = 0; i < tags; i++) {
            nextTag();
            if (key == error) {
                builder.putTag("error", "");
            }
        }
        return builder.build();
    }

    /** Returns the current span. Its tags must not have been read. */
    Span span() {
        BlockView block = view();
        builder.clear();
        ColumnsToSpans.setTraceId(builder, flags, traceIdHigh, traceId);
        builder.duration(durationMicros);
        setIdentity();
        if (name != 0) {
            builder.name(block.text(name));
        }
        for (int i = 0; i < tags; i++) {
            nextTag();
            builder.putTag(block.text(key), block.text(value));
        }
        openAnnotations();
        for (int i = 0; i < annotations; i++) {
            nextAnnotation();
            builder.addAnnotation(annotationMicros, block.text(value));
        }
        return builder.build();
    }

    private void setIdentity() {
        BlockView block = view();
        ColumnsToSpans.setId(builder, id);
        builder.parentId(parentId).timestamp(timestampMicros).kind(Kinds.ofFlags(flags));
        if (localEndpoint != 0) {
            builder.localEndpoint(block.endpoint(localEndpoint));
        }
        if (remoteEndpoint != 0) {
            builder.remoteEndpoint(block.endpoint(remoteEndpoint));
        }
        if ((flags & SpanColumns.DEBUG_SET) != 0) {
            builder.debug((flags & SpanColumns.DEBUG) != 0);
        }
        if ((flags & SpanColumns.SHARED_SET) != 0) {
            builder.shared((flags & SpanColumns.SHARED) != 0);
        }
    }
}
