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
 * A storage that sends spans to another system and keeps none. Queries throw an
 * UnsupportedOperationException, like the reference's modules. Subclasses are thread safe.
 */
abstract class Forwarder extends StorageComponent {
    private final String type;

    /**
     * @param type the value of STORAGE_TYPE
     */
    Forwarder(String type) {
        this.type = type;
    }

    /**
     * Returns when the other system has acknowledged the spans, if its protocol can.
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

    /** The storage's wrapper knows whether the last write succeeded. */
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

    /** Thrown for queries. */
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
