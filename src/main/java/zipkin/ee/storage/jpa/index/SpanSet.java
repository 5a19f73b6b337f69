package zipkin.ee.storage.jpa.index;

import java.util.BitSet;

/**
 * A set of a batch's spans as bytes. The first byte says how: 0 all spans, nothing follows; 1
 * distances between their numbers as variable-length numbers, the first from -1, each less one; 2 a
 * bit for each span, the lowest first.
 */
public final class SpanSet {
    private static final int ALL = 0;
    private static final int DISTANCES = 1;
    private static final int BITS = 2;

    private SpanSet() {}

    /**
     * The shortest writing.
     *
     * @param spans numbers from 0, ascending, at least one, in the first {@code size} places
     * @param batchSpans spans in the batch
     */
    public static byte[] encode(int[] spans, int size, int batchSpans) {
        if (size == batchSpans) {
            return new byte[] {ALL};
        }
        Bytes bytes = new Bytes();
        if (size > batchSpans / 8 + 1) {
            bytes.writeByte(BITS);
            BitSet bits = new BitSet(batchSpans);
            for (int i = 0; i < size; i++) {
                bits.set(spans[i]);
            }
            for (byte octet : bits.toByteArray()) {
                bytes.writeByte(octet);
            }
            return bytes.toArray();
        }
        bytes.writeByte(DISTANCES);
        int last = -1;
        for (int i = 0; i < size; i++) {
            bytes.writeVarint(spans[i] - last - 1);
            last = spans[i];
        }
        return bytes.toArray();
    }

    /** The numbers of the spans in {@code bytes}, for a batch of {@code batchSpans}. */
    public static BitSet decode(byte[] bytes, int batchSpans) {
        Bytes in = new Bytes(bytes);
        BitSet spans = new BitSet(batchSpans);
        switch (in.readByte()) {
            case ALL -> spans.set(0, batchSpans);
            case DISTANCES -> {
                int last = -1;
                while (!in.atEnd()) {
                    last += (int) in.readVarint() + 1;
                    spans.set(last);
                }
            }
            case BITS -> spans.or(BitSet.valueOf(java.util.Arrays.copyOfRange(bytes, 1, bytes.length)));
            default -> throw new IllegalStateException("A set of spans of an unknown kind " + bytes[0]);
        }
        return spans;
    }
}
