package zipkin.ee.storage.jpa.index;

import java.util.BitSet;

/**
 * Durations that a query asks for, as levels of {@link BatchHeader}: so about, and nothing that
 * fits is left out.
 *
 * @param leastLevel 0 for no bound
 * @param greatestLevel 255 for no bound
 */
public record DurationRange(int leastLevel, int greatestLevel) {
    public static final DurationRange ANY = new DurationRange(0, 255);

    /** Takes the spans of the batch away whose duration is outside. */
    public void retain(BatchHeader header, BitSet spans) {
        if (leastLevel > 0 || greatestLevel < ANY.greatestLevel) {
            header.retain(spans, leastLevel, greatestLevel);
        }
    }
}
