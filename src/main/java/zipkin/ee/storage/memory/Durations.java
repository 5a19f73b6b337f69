package zipkin.ee.storage.memory;

/** Levels of durations: four to each power of two. */
final class Durations {
    private Durations() {}

    /** Not negative, and not less for a longer duration; of 0 it is 0. */
    static int level(long micros) {
        if (micros < 4) {
            return (int) micros;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        return 4 * (power - 1) + (int) (micros >>> (power - 2) & 3);
    }
}
