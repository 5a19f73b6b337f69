package zipkin.ee.storage.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;

/**
 * All spans, in shards by trace id. Writers lock one shard at a time; readers lock nothing. There
 * are never more than {@code maxSpans} spans, because room is made first. The bytes may exceed
 * {@code maxBytes} by one message. Thread safe.
 */
final class Shards {
    private static final int MIN = 4;
    private static final int MAX = 32;

    private final Shard[] shards;
    private final int shift;
    private final int maxSpans;
    private final LongSupplier maxBytes;
    private final AtomicLong spans = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Shards(int processors, int maxSpans, LongSupplier maxBytes, SharedNames names, boolean searchable) {
        int count = Integer.highestOneBit(Math.max(MIN, Math.min(MAX, 2 * processors)));
        this.shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = new Shard(names, searchable);
        }
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(count);
        this.maxSpans = maxSpans;
        this.maxBytes = maxBytes;
    }

    long spanCount() {
        return spans.get();
    }

    long byteCount() {
        return bytes.get();
    }

    Shard of(long traceId) {
        return shards[number(traceId)];
    }

    private int number(long traceId) {
        return (int) (TextHash.of(traceId) >>> shift);
    }

    void forEachBlock(Consumer<Block> use) {
        for (Shard shard : shards) {
            shard.forEachBlock(use);
        }
    }

    void forEach(Consumer<Shard> use) {
        for (Shard shard : shards) {
            use.accept(shard);
        }
    }

    void add(SpanColumns message) {
        for (int from = 0; from < message.size(); from += maxSpans) {
            add(message, from, Math.min(message.size(), from + maxSpans));
        }
    }

    private void add(SpanColumns message, int from, int to) {
        evict(spans.addAndGet((long) to - from) - maxSpans);
        byte[] owners = new byte[to - from];
        long touched = 0;
        for (int span = from; span < to; span++) {
            int number = number(message.traceId(span));
            owners[span - from] = (byte) number;
            touched |= 1L << number;
        }
        int added = 0;
        try {
            long left = touched;
            while (left != 0) {
                long before = left;
                for (long next = left; next != 0; next &= next - 1) {
                    int number = Long.numberOfTrailingZeros(next);
                    if (shards[number].lock().tryLock()) {
                        added += addAndUnlock(message, from, to, owners, number);
                        left &= ~(1L << number);
                    }
                }
                if (left == before) { // all remaining shards are busy
                    int number = Long.numberOfTrailingZeros(left);
                    shards[number].lock().lock();
                    added += addAndUnlock(message, from, to, owners, number);
                    left &= left - 1;
                }
            }
        } finally {
            spans.addAndGet((long) added - (to - from));
        }
        evictBeyondBytes();
    }

    /** Evicts the oldest traces until all bytes are within the limit. */
    void evictBeyondBytes() {
        while (bytes.get() > maxBytes.getAsLong() && evictOldest() > 0) {
            // until there is room
        }
    }

    private int addAndUnlock(SpanColumns message, int from, int to, byte[] owners, int number) {
        Shard shard = shards[number];
        try {
            int added = shard.add(message, from, to, owners, number);
            bytes.addAndGet(shard.newHeapBytes());
            return added;
        } finally {
            shard.lock().unlock();
        }
    }

    private void evict(long toRecover) {
        long left = toRecover;
        while (left > 0) {
            int evicted = evictOldest();
            if (evicted == 0) {
                return; // the rest is still being written
            }
            left -= evicted;
        }
    }

    /** Evicts the oldest trace and returns how many spans it had; 0 if there is none. */
    private int evictOldest() {
        while (true) {
            Shard oldest = shards[0];
            for (Shard shard : shards) {
                if (isOlder(shard, oldest)) {
                    oldest = shard;
                }
            }
            if (oldest.oldestMillis() == Long.MAX_VALUE) {
                return 0;
            }
            oldest.lock().lock();
            try {
                int evicted = oldest.evictOldest();
                if (evicted > 0) {
                    spans.addAndGet(-evicted);
                    bytes.addAndGet(oldest.newHeapBytes());
                    return evicted;
                }
            } finally {
                oldest.lock().unlock();
            }
        }
    }

    private static boolean isOlder(Shard left, Shard right) {
        int byTime = Long.compare(left.oldestMillis(), right.oldestMillis());
        return byTime != 0 ? byTime < 0 : Long.compareUnsigned(left.oldestId(), right.oldestId()) < 0;
    }
}
