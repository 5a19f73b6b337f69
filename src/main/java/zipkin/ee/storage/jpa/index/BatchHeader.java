package zipkin.ee.storage.jpa.index;

import java.util.BitSet;

/**
 * Which trace each span of a batch belongs to, and about how long it lasted.
 *
 * <p>As bytes: number of traces; for each the low 64 bits of its id (8 bytes) and how many
 * milliseconds it began before the time of the batch; number of spans; for each the number of its
 * trace and the level of its duration (a byte). Numbers are of variable length.
 *
 * @param traces low 64 bits of the trace ids
 * @param startMillis for each trace the earliest time of its spans in this batch
 * @param traceOfSpan for each span the position of its trace in {@code traces}
 * @param levels for each span the level of its duration, see {@link #level}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record BatchHeader(long[] traces, long[] startMillis, int[] traceOfSpan, byte[] levels) {
    private static final int MAX_LEVEL = 255;

    public int spans() {
        return traceOfSpan.length;
    }

    /**
     * @param batchMillis time of the batch: no trace begins later
     */
    byte[] encode(long batchMillis) {
        Bytes bytes = new Bytes();
        bytes.writeVarint(traces.length);
        for (int i = 0; i < traces.length; i++) {
            bytes.writeLong(traces[i]);
            bytes.writeVarint(batchMillis - startMillis[i]);
        }
        bytes.writeVarint(traceOfSpan.length);
        for (int i = 0; i < traceOfSpan.length; i++) {
            bytes.writeVarint(traceOfSpan[i]);
            bytes.writeByte(levels[i]);
        }
        return bytes.toArray();
    }

    /** Reads the header of the batch with this id. */
    public static BatchHeader decode(byte[] header, long batchId) {
        Bytes bytes = new Bytes(header);
        long batchMillis = BatchIds.millis(batchId);
        int count = (int) bytes.readVarint();
        long[] traces = new long[count];
        long[] startMillis = new long[count];
        for (int i = 0; i < count; i++) {
            traces[i] = bytes.readLong();
            startMillis[i] = batchMillis - bytes.readVarint();
        }
        int[] traceOfSpan = new int[(int) bytes.readVarint()];
        byte[] levels = new byte[traceOfSpan.length];
        for (int i = 0; i < traceOfSpan.length; i++) {
            traceOfSpan[i] = (int) bytes.readVarint();
            levels[i] = (byte) bytes.readByte();
        }
        return new BatchHeader(traces, startMillis, traceOfSpan, levels);
    }

    /**
     * A number from 0 to 255 that does not fall when the duration grows: 0 for none, else eight to
     * a doubling, up to half an hour.
     */
    public static int level(long micros) {
        if (micros <= 0) {
            return 0;
        }
        int doublings = 63 - Long.numberOfLeadingZeros(micros);
        int eighths = (int) ((micros << (63 - doublings)) >>> 60) & 7;
        return Math.min(MAX_LEVEL, 1 + 8 * doublings + eighths);
    }

    /** Takes those away that surely lasted less or longer. */
    void retain(BitSet spans, int leastLevel, int greatestLevel) {
        for (int span = spans.nextSetBit(0); span >= 0; span = spans.nextSetBit(span + 1)) {
            int level = levels[span] & 0xff;
            if (level < leastLevel || level > greatestLevel) {
                spans.clear(span);
            }
        }
    }
}
