package zipkin.ee.storage.memory;

/** Levels of durations: four for each power of two. */
final class Durations {
    private Durations() {}

    /** Returns the level of a duration. A longer duration never has a lower level. */
    static int level(long micros) {
        if (micros < 4) {
            return (int) micros;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        return 4 * (power - 1) + (int) (micros >>> (power - 2) & 3);
    }
}
