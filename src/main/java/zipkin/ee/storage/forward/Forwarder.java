package zipkin.ee.storage.forward;

import java.util.List;
import zipkin.ee.fault.PublicReason;
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
 * A storage that sends spans on and keeps none. Whoever queries it is told so, as the reference's
 * modules do by an UnsupportedOperationException. Subclasses are thread safe.
 */
abstract class Forwarder extends StorageComponent {
    private final String type;

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
        send(spans);
        return null;
    }

    /** How sending went the last time is known where storages are watched. */
    @Override
    public CheckResult check() {
        return CheckResult.OK;
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

    private KeepsNothingException keepsNothing() {
        return new KeepsNothingException("STORAGE_TYPE=" + type + " forwards spans and keeps none to be queried");
    }

    /** A query of what is not kept. */
    private static final class KeepsNothingException extends UnsupportedOperationException implements PublicReason {
        private static final long serialVersionUID = 1L;

        KeepsNothingException(String message) {
            super(message);
        }

        @Override
        public String publicReason() {
            return String.valueOf(getMessage());
        }
    }
}
