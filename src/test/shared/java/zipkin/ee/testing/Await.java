package zipkin.ee.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for something that happens elsewhere. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /**
     * The first value that satisfies {@code condition}; after 60 s fails with {@code what} and the
     * last one.
     */
    public static <T> T value(String what, Supplier<T> source, Predicate<T> condition) {
        return value(what, LIMIT, source, condition);
    }

    /**
     * The first value that satisfies {@code condition}; after {@code limit} fails with {@code what}
     * and the last one.
     */
    public static <T> T value(String what, Duration limit, Supplier<T> source, Predicate<T> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        T value = source.get();
        while (!condition.test(value)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not come within " + limit + ", last seen: " + value);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            value = source.get();
        }
        return value;
    }

    /** The first value that satisfies {@code condition}, or the last one after {@code limit}. */
    public static <T> T orLast(Duration limit, Supplier<T> source, Predicate<T> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        T value = source.get();
        while (!condition.test(value) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            value = source.get();
        }
        return value;
    }
}
