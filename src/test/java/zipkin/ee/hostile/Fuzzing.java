package zipkin.ee.hostile;

/** How much the tests of random input try. The seeds are fixed, so each run tries the same. */
public final class Fuzzing {
    /**
     * Messages per test. The matrix build tries 200,000; -Dzipkin.fuzz.mutations tries any number.
     */
    public static final int MUTATIONS = Integer.getInteger("zipkin.fuzz.mutations", 50_000);

    private Fuzzing() {}
}
