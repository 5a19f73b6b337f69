package zipkin.ee.storage;

import java.util.concurrent.RejectedExecutionException;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;

/**
 * Bounds of the messages that wait for a storage or are being written to it: by number, by spans,
 * and by bytes of the heap. One that alone is beyond the bounds of spans or bytes is let in when
 * nothing else is there, since otherwise it would come again for ever. Thread safe.
 */
final class StorageQueue {
    private final Budget spans;
    private final Budget bytes;

    StorageQueue(Budget spans, Budget bytes) {
        this.spans = spans;
        this.bytes = bytes;
    }

    /**
     * Takes the room of a message.
     *
     * @return to be closed when it is written
     * @throws RejectedExecutionException when there is none
     */
    Account enter(int spanCount, long spanBytes) {
        Account account = new Account();
        if (!account.take(spans, Math.min(spanCount, spans.limit()))
                || !account.take(bytes, Math.min(spanBytes, bytes.limit()))) {
            account.close();
            throw new RejectedExecutionException(
                    spans.used() + " spans of " + bytes.used() + " bytes are on their way to the storage");
        }
        return account;
    }
}
