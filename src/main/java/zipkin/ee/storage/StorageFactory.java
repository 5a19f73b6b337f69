package zipkin.ee.storage;

import zipkin.ee.config.CollectorSettings;
import zipkin2.storage.StorageComponent;

/**
 * Makes the storage of one kind. A CDI bean, qualified by {@link StorageType}; it is instantiated
 * only when it was selected, so it may open what it needs in {@link #create()}.
 */
public interface StorageFactory {
    /**
     * Opens the storage. Called once, while the application starts.
     *
     * <p>Writing may throw {@link StorageUnavailableException}, or codec's MalformedSpansException
     * for spans that it can't ever take.
     *
     * @throws RuntimeException with a message for the administrator when it can't ever work with
     *     the present settings
     */
    StorageComponent create();

    /**
     * What the start-up screen tells of it after its type: where it is, how long spans are kept.
     * One line, no secret.
     */
    default String summary() {
        return "";
    }

    /**
     * Whether writing waits for something outside this process. If so, writes are done by a bounded
     * pool of threads, otherwise by the transport's thread.
     */
    default boolean blocks() {
        return true;
    }

    /**
     * Writes that may run at the same time, each on a thread of its own, unless they are throttled.
     * Only asked when writing blocks.
     */
    default int writers(CollectorSettings collector) {
        return collector.concurrency();
    }

    /**
     * Most spans in a write that combines messages which wait; 0 when each message is a write of
     * its own. Only asked when writing blocks.
     */
    default int combinedSpans() {
        return 0;
    }
}
