package zipkin.ee.storage;

import java.lang.System.Logger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.fault.MemoryFault;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.fault.PublicText;
import zipkin.ee.text.SafeLogger;
import zipkin2.CheckResult;
import zipkin2.storage.AutocompleteTags;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.SpanStore;
import zipkin2.storage.StorageComponent;
import zipkin2.storage.Traces;

/**
 * Knows how the last write to a storage ended, and logs an outage in few lines, whether writes,
 * queries or checks run into it.
 *
 * <p>{@link #check()} fails while the last write has failed, until a write succeeds. When nobody
 * has tried to write for five seconds, a {@link WriteProbe} is asked instead; a storage without one
 * is believed after thirty seconds. Neither a message that can never be stored
 * nor a full queue, which is in front of the storage, is a failure of the storage.
 */
final class WatchedStorage extends ForwardingStorageComponent {
    private static final Logger LOGGER = SafeLogger.of(WatchedStorage.class.getName());
    private static final long PROBED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private record Failure(Throwable error, long atNanos) {}

    private final StorageComponent delegate;
    private final @Nullable WriteProbe probe;
    private final Runnable changed;
    private final LongSupplier nanoTime;
    private final OutageLog outage;
    private final WatchedReads reads;
    /** Null while writes succeed. */
    private final AtomicReference<@Nullable Failure> lastWrite = new AtomicReference<>();

    /**
     * @param type by which STORAGE_TYPE names it
     * @param changed is run when writes begin to fail or to succeed, on the writer's thread: has to
     *     return at once
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    WatchedStorage(String type, StorageComponent delegate, Runnable changed, LongSupplier nanoTime) {
        this(
                delegate,
                changed,
                nanoTime,
                new OutageLog(
                        LOGGER,
                        "The storage " + type + " does not work; senders are asked to try again later",
                        "The storage " + type + " works again",
                        nanoTime));
    }

    WatchedStorage(StorageComponent delegate, Runnable changed, LongSupplier nanoTime, OutageLog outage) {
        this.delegate = delegate;
        this.probe = delegate instanceof WriteProbe asked ? asked : null;
        this.changed = changed;
        this.nanoTime = nanoTime;
        this.outage = outage;
        this.reads = new WatchedReads(delegate, this::readFailed);
    }

    @Override
    protected StorageComponent delegate() {
        return delegate;
    }

    @Override
    public SpanConsumer spanConsumer() {
        SpanConsumer consumer = delegate.spanConsumer();
        return spans -> {
            try {
                return new ObservedWrite(consumer.accept(spans), this::written, this::writeFailed);
            } catch (RuntimeException | Error e) {
                writeFailed(e);
                throw e;
            }
        };
    }

    @Override
    public SpanStore spanStore() {
        return reads;
    }

    @Override
    public Traces traces() {
        return reads;
    }

    @Override
    public ServiceAndSpanNames serviceAndSpanNames() {
        return reads;
    }

    @Override
    public AutocompleteTags autocompleteTags() {
        return reads;
    }

    @Override
    public CheckResult check() {
        Throwable error = problem();
        if (error != null) {
            outage.failed(error);
            return CheckResult.failed(error);
        }
        outage.works();
        return CheckResult.OK;
    }

    private @Nullable Throwable problem() {
        try {
            CheckResult result = delegate.check();
            return result.ok() ? failedWrite() : result.error();
        } catch (RuntimeException | LinkageError e) {
            return e;
        }
    }

    /** Why writes are believed to fail; null when they are not. */
    private @Nullable Throwable failedWrite() {
        Failure failure = lastWrite.get();
        if (failure == null) {
            return null;
        }
        long age = nanoTime.getAsLong() - failure.atNanos();
        if (age < (probe == null ? FORGOTTEN_AFTER_NANOS : PROBED_AFTER_NANOS)) {
            return failure.error();
        }
        if (probe != null) {
            try {
                probe.probeWrite();
            } catch (RuntimeException e) {
                return e;
            }
        }
        // Unless a write has failed meanwhile.
        lastWrite.compareAndSet(failure, null);
        return null;
    }

    private void written() {
        if (lastWrite.get() != null && lastWrite.getAndSet(null) != null) {
            outage.works();
            changed.run();
        }
    }

    private void writeFailed(Throwable error) {
        MemoryFault.note(error);
        if (error instanceof IllegalArgumentException) {
            return; // codec's MalformedSpansException is one
        }
        boolean first = lastWrite.getAndSet(new Failure(error, nanoTime.getAsLong())) == null;
        outage.failed(error);
        if (first) {
            changed.run();
        }
    }

    private void readFailed(Throwable error) {
        MemoryFault.note(error);
        if (PublicText.isTemporary(error) && !(error instanceof QueryTimeoutException)) {
            outage.failed(error);
        }
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
