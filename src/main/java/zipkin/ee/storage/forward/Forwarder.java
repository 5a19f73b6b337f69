package zipkin.ee.storage.forward;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.BlockingCall;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.AutocompleteTags;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.SpanStore;
import zipkin2.storage.StorageComponent;
import zipkin2.storage.Traces;

/**
 * A storage that sends spans on and keeps none. Whoever queries it is told so, as the reference's modules do by an UnsupportedOperationException. Subclasses are thread safe.
 */
abstract class Forwarder extends StorageComponent {
    private final String type;
    private final AtomicReference<@Nullable StorageUnavailableException> lastFailure = new AtomicReference<>();

    /**
     * @param type as STORAGE_TYPE has it
     */
    Forwarder(String type) {
        this.type = type;
    }

    /**
     * Returns when the other system has the spans, as far as its protocol tells.
     *
     * @param spans at least one
     * @throws StorageUnavailableException when it can't take any now
     * @throws zipkin.ee.codec.MalformedSpansException when it can't take these, ever
     */
    abstract void send(List<Span> spans);

    @Override
    public final SpanConsumer spanConsumer() {
        return spans -> new BlockingCall<>(() -> forward(spans));
    }

    @SuppressWarnings("NullAway") // Void has no other value than null
    private Void forward(List<Span> spans) {
        if (spans.isEmpty()) {
            return null;
        }
        try {
            send(spans);
            lastFailure.set(null);
            return null;
        } catch (StorageUnavailableException e) {
            lastFailure.set(e);
            throw e;
        }
    }

    /** How sending went the last time. */
    @Override
    public CheckResult check() {
        StorageUnavailableException failure = lastFailure.get();
        return failure == null ? CheckResult.OK : CheckResult.failed(failure);
    }

    @Override
    public final SpanStore spanStore() {
        throw keepsNothing();
    }

    @Override
    public final Traces traces() {
        throw keepsNothing();
    }

    @Override
    public final ServiceAndSpanNames serviceAndSpanNames() {
        throw keepsNothing();
    }

    @Override
    public final AutocompleteTags autocompleteTags() {
        throw keepsNothing();
    }

    private UnsupportedOperationException keepsNothing() {
        return new UnsupportedOperationException(
                "STORAGE_TYPE=" + type + " forwards spans and keeps none to be queried");
    }
}
