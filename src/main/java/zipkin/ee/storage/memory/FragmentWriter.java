package zipkin.ee.storage.memory;

import java.util.Arrays;
import zipkin.ee.codec.SpanColumns;

/**
 * Writes the fragments of a block, span after span, in the format that {@link SpanCursor} reads.
 * Bytes of ended fragments never change. Used by one thread at a time.
 */
final class FragmentWriter {
    /** Offset of a fragment that was dropped because it has no spans. */
    static final int NONE = -1;

    /**
     * The longest span apart from its tags and annotations: header, five varints, three ids, two
     * counts.
     */
    private static final int MAX_FIELDS = 128;

    private final TextTable texts;
    private byte[] data = new byte[4096];
    private int length;
    /** The end of the last fragment that was ended. */
    private int complete;

    private int fragment;
    private long baseMicros;
    private boolean hasSpans;

    FragmentWriter(TextTable texts) {
        this.texts = texts;
    }

    byte[] data() {
        return data;
    }

    int length() {
        return length;
    }

    /** The timestamp that all others are relative to. */
    long baseMicros() {
        return baseMicros;
    }

    /** The offset of the fragment that is being written. */
    int fragment() {
        return fragment;
    }

    /** Begins a fragment and discards the one before if it was never ended. */
    void begin(long traceId, long previous) {
        length = complete;
        reserve(Fragment.HEADER);
        fragment = length;
        Fragment.putHeader(data, fragment, traceId, previous);
        length += Fragment.HEADER;
    }

    /** Ends the fragment and returns its offset, or {@link #NONE} if it has no spans. */
    int end() {
        if (Fragment.spans(data, fragment) == 0) {
            length = complete;
            return NONE;
        }
        Fragment.putEnd(data, fragment, length);
        complete = length;
        return fragment;
    }

    /**
     * Appends a span to the fragment.
     *
     * @param name number of its name in {@link TextTable}, or 0
     * @param local number of its local endpoint in the block, or 0
     * @param remote number of its remote endpoint in the block, or 0
     * @return the offset of the span
     */
    int add(SpanColumns message, int span, int hash, int name, int local, int remote) {
        int tags = message.endOfTags(span) - message.firstTag(span);
        int annotations = message.endOfAnnotations(span) - message.firstAnnotation(span);
        reserve(MAX_FIELDS + 2 * Bytes.MAX_VARINT * (tags + annotations));
        if (!hasSpans) {
            baseMicros = message.timestampMicros(span);
            hasSpans = true;
        }
        int at = length;
        int to = putFields(message, span, name, local, remote);
        to = Bytes.putVarint(data, to, tags);
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            to = Bytes.putVarint(data, to, texts.intern(message, message.tagKey(tag)));
            to = Bytes.putVarint(data, to, texts.intern(message, message.tagValue(tag)));
        }
        to = Bytes.putVarint(data, to, annotations);
        for (int a = message.firstAnnotation(span); a < message.endOfAnnotations(span); a++) {
            to = Bytes.putVarint(data, to, Bytes.zigzag(message.annotationMicros(a) - baseMicros));
            to = Bytes.putVarint(data, to, texts.intern(message, message.annotationValue(a)));
        }
        Bytes.putInt(data, at + 2, to - at - SpanCursor.HEADER);
        Bytes.putInt(data, at + 2 + Integer.BYTES, hash);
        length = to;
        Fragment.countSpan(data, fragment);
        return at;
    }

    private int putFields(SpanColumns message, int span, int name, int local, int remote) {
        int at = length;
        int fields = 0;
        int to = at + SpanCursor.HEADER;
        Bytes.putLong(data, to, message.id(span));
        to += Long.BYTES;
        if (message.traceIdHigh(span) != 0) {
            fields |= SpanCursor.HIGH;
            Bytes.putLong(data, to, message.traceIdHigh(span));
            to += Long.BYTES;
        }
        if (message.parentId(span) != 0) {
            fields |= SpanCursor.PARENT;
            Bytes.putLong(data, to, message.parentId(span));
            to += Long.BYTES;
        }
        if (message.timestampMicros(span) != 0) {
            fields |= SpanCursor.TIMESTAMP;
            to = Bytes.putVarint(data, to, Bytes.zigzag(message.timestampMicros(span) - baseMicros));
        }
        if (message.durationMicros(span) != 0) {
            fields |= SpanCursor.DURATION;
            to = Bytes.putVarint(data, to, message.durationMicros(span));
        }
        if (name != 0) {
            fields |= SpanCursor.NAME;
            to = Bytes.putVarint(data, to, name);
        }
        if (local != 0) {
            fields |= SpanCursor.LOCAL;
            to = Bytes.putVarint(data, to, local);
        }
        if (remote != 0) {
            fields |= SpanCursor.REMOTE;
            to = Bytes.putVarint(data, to, remote);
        }
        data[at] = (byte) message.flags(span);
        data[at + 1] = (byte) fields;
        return to;
    }

    private void reserve(int bytes) {
        if (length + bytes > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, length + bytes));
        }
    }

    /** Frees reserved memory. Nothing may be added afterwards. */
    void seal() {
        data = Arrays.copyOf(data, length);
    }
}
