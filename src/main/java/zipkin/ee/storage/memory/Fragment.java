package zipkin.ee.storage.memory;

/**
 * Consecutive spans of one trace in a block: those that one message had in a row. The header of a
 * fragment holds the lower 64 bits of the trace id, the {@link Location} of the trace's previous
 * fragment, the number of spans and the offset behind the last one.
 */
record Fragment(Block block, BlockView view, int offset) {
    static final int HEADER = 2 * Long.BYTES + 2 * Integer.BYTES;

    private static final int PREVIOUS = Long.BYTES;
    private static final int SPANS = PREVIOUS + Long.BYTES;
    private static final int END = SPANS + Integer.BYTES;

    void open(SpanCursor cursor) {
        cursor.open(view, offset);
    }

    int spans() {
        return spans(view.data(), offset);
    }

    long location() {
        return Location.of(block.number(), offset);
    }

    static long traceId(BlockView view, int offset) {
        return Bytes.getLong(view.data(), offset);
    }

    /** The location of the trace's previous fragment, or {@link Location#NONE}. */
    static long previous(BlockView view, int offset) {
        return Bytes.getLong(view.data(), offset + PREVIOUS);
    }

    static int spans(byte[] data, int offset) {
        return Bytes.getInt(data, offset + SPANS);
    }

    /** The offset behind the fragment, where the next one of the block begins. */
    static int end(BlockView view, int offset) {
        return Bytes.getInt(view.data(), offset + END);
    }

    /** Writes the header of a fragment that has no spans yet. */
    static void putHeader(byte[] data, int offset, long traceId, long previous) {
        Bytes.putLong(data, offset, traceId);
        Bytes.putLong(data, offset + PREVIOUS, previous);
        Bytes.putInt(data, offset + SPANS, 0);
    }

    static void countSpan(byte[] data, int offset) {
        Bytes.putInt(data, offset + SPANS, spans(data, offset) + 1);
    }

    static void putEnd(byte[] data, int offset, int end) {
        Bytes.putInt(data, offset + END, end);
    }
}
