package zipkin.ee.storage.memory;

/** The place of a fragment or span: the number of its block and the offset in it, in one long. */
final class Location {
    static final long NONE = -1;

    private Location() {}

    static long of(int block, int offset) {
        return (long) block << Integer.SIZE | offset;
    }

    static int block(long location) {
        return (int) (location >> Integer.SIZE);
    }

    static int offset(long location) {
        return (int) location;
    }
}
