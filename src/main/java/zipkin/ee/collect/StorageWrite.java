package zipkin.ee.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.text.SafeLogger;
import zipkin2.Callback;

/** Turns the end of a write into an outcome. */
final class StorageWrite implements Callback<Void> {
    private static final Logger LOGGER = SafeLogger.of(StorageWrite.class.getName());

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final int spanCount;
    private final TransportCounters counters;

    StorageWrite(int spanCount, TransportCounters counters) {
        this.spanCount = spanCount;
        this.counters = counters;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    @Override
    public void onSuccess(Void ignored) {
        outcome.complete(Outcome.Stored.INSTANCE);
    }

    @Override
    public void onError(Throwable error) {
        if (error instanceof MalformedSpansException malformed) {
            counters.spansDropped(spanCount);
            outcome.complete(Outcome.Malformed.of(malformed));
            return;
        }
        counters.spansRefused(spanCount);
        // Who watches the storage has logged it, once for all messages.
        LOGGER.log(Level.DEBUG, "Cannot store spans of a message from " + counters.transport(), error);
        outcome.complete(new Outcome.TryLater("Cannot store the spans now. Try again later."));
    }
}
