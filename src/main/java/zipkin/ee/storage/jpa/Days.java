package zipkin.ee.storage.jpa;

/** Days counted from 1970-01-01 in UTC. */
final class Days {
    static final long MILLIS = 24 * 3600 * 1000L;

    private Days() {}

    static int of(long epochMillis) {
        return (int) Math.floorDiv(epochMillis, MILLIS);
    }
}
