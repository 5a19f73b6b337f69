package zipkin.ee.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/** Numbers of the writes to the selected storage, for metrics. Thread safe. */
@SingleInstance
public class WriteMetrics {
    private volatile @Nullable BatchingStorage storage;

    void watch(BatchingStorage watched) {
        storage = watched;
    }

    /**
     * Numbers by name: {@code concurrency}, writes that run; {@code limit}, how many may;
     * {@code queue_size}, messages that wait. Empty for a storage in this process, whose writes
     * wait for nothing.
     */
    public Map<String, Long> numbers() {
        BatchingStorage watched = storage;
        return watched == null ? Map.of() : watched.numbers();
    }
}
