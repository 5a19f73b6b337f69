package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.jpa.index.BatchHeader;

/** The headers of batches that one query needs, each read once. Used by one thread. */
final class Headers {
    private static final int IDS_PER_QUERY = 500;

    private final EntityManager manager;
    private final Map<Long, BatchHeader> read = new HashMap<>();

    Headers(EntityManager manager) {
        this.manager = manager;
    }

    /** Reads those that were not read yet. */
    void load(Collection<Long> batches) {
        List<Long> missing =
                batches.stream().filter(batch -> !read.containsKey(batch)).toList();
        for (List<Long> ids : Pages.of(missing, IDS_PER_QUERY)) {
            manager.createQuery("SELECT b.id, b.header FROM BatchRow b WHERE b.id IN :ids", Object[].class)
                    .setParameter("ids", ids)
                    .getResultList()
                    .forEach(row -> put((Long) row[0], (byte[]) row[1]));
        }
    }

    void put(long batch, byte[] header) {
        read.put(batch, BatchHeader.decode(header, batch));
    }

    /** Null when the batch was deleted. */
    @Nullable
    BatchHeader get(long batch) {
        return read.get(batch);
    }

    /** Adds the traces of these spans. */
    static void collect(BatchHeader header, BitSet spans, Map<Long, Long> traces) {
        BitSet seen = new BitSet(header.traces().length);
        for (int span = spans.nextSetBit(0); span >= 0; span = spans.nextSetBit(span + 1)) {
            int trace = header.traceOfSpan()[span];
            if (!seen.get(trace)) {
                seen.set(trace);
                traces.merge(header.traces()[trace], header.startMillis()[trace], Math::max);
            }
        }
    }
}
