package zipkin.ee.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What was written a short while ago and need not be written again: rows that many spans share.
 * Holds two generations of keys; the older one is forgotten when the younger one is full or half
 * the time has gone, so a key is remembered for half the time to the whole of it. Thread safe.
 */
public final class RecentWrites<K> {
    private final int generationSize;
    private final long generationNanos;
    private final LongSupplier nanos;
    private volatile Set<K> younger = ConcurrentHashMap.newKeySet();
    private volatile Set<K> older = Set.of();
    private volatile long startNanos;

    /**
     * @param maxKeys most keys held
     * @param time after which a key is forgotten at the latest
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public RecentWrites(int maxKeys, Duration time, LongSupplier nanos) {
        this.generationSize = Math.max(1, maxKeys / 2);
        this.generationNanos = time.toNanos() / 2;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    public boolean contains(K key) {
        turn();
        return younger.contains(key) || older.contains(key);
    }

    /** To be called when the writing was acknowledged. */
    public void add(Collection<K> keys) {
        for (K key : keys) {
            turn();
            younger.add(key);
        }
    }

    private void turn() {
        if (isDue()) {
            synchronized (this) {
                if (isDue()) {
                    boolean late = nanos.getAsLong() - startNanos >= 2 * generationNanos;
                    older = late ? Set.of() : younger;
                    younger = ConcurrentHashMap.newKeySet();
                    startNanos = nanos.getAsLong();
                }
            }
        }
    }

    private boolean isDue() {
        return younger.size() >= generationSize || nanos.getAsLong() - startNanos >= generationNanos;
    }
}
