package zipkin.ee.storage.jpa.index;

import java.util.Arrays;

/**
 * Which trace each span of a batch belongs to.
 *
 * <p>As bytes: number of traces; for each the low 64 bits of its id (8 bytes) and how many milliseconds it began before the time of the
 * batch; number of spans; for each the number of its trace. Numbers are of variable length.
 *
 * @param traces low 64 bits of the trace ids
 * @param startMillis for each trace the earliest time of its spans in this batch
 * @param traceOfSpan for each span the position of its trace in {@code traces}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record BatchHeader(long[] traces, long[] startMillis, int[] traceOfSpan) {

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
        for (int trace : traceOfSpan) {
            bytes.writeVarint(trace);
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
        Arrays.setAll(traceOfSpan, i -> (int) bytes.readVarint());
        return new BatchHeader(traces, startMillis, traceOfSpan);
    }
}
