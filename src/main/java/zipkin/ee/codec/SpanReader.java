package zipkin.ee.codec;

import java.util.List;
import zipkin2.Span;

/**
 * Reads lists of spans by zipkin2's decoders, messages as tracers write them by faster ones of our own, and says no instead of them to the few messages that would stall the thread or fill the
 * heap. What they accept within the limits is accepted, with equal spans; what they refuse is refused with their text. Time and
 * heap are bounded by the message's size. Any number of threads may use one.
 */
public final class SpanReader {
    private final Limits limits;
    private final Texts texts = new Texts();

    public SpanReader() {
        this(Limits.DEFAULT);
    }

    public SpanReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * The spans of a list, in its order; a v1 span that holds several sides becomes several spans. An empty body is an empty list.
     *
     * @throws MalformedSpansException when {@code body} is not a list in this encoding, or one that must not be decoded
     */
    public List<Span> read(byte[] body, Encoding encoding) {
        try {
            check(body, encoding);
            List<Span> usual =
                    switch (encoding) {
                        case JSON_V2 -> JsonV2Reader.read(body, texts);
                        case PROTO3 -> Proto3Reader.read(body, texts);
                        case THRIFT -> ThriftReader.read(body, texts);
                        case JSON_V1 -> null;
                    };
            return usual != null ? usual : encoding.decoder().decodeList(body);
        } catch (MalformedSpansException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedSpansException(reason(e, encoding), e);
        }
    }

    /** Only the walk over the bytes that comes before decoding. */
    void check(byte[] body, Encoding encoding) {
        Tally tally = new Tally(encoding, limits);
        switch (encoding) {
            case JSON_V1 -> JsonGuard.check(body, tally, true);
            case JSON_V2 -> JsonGuard.check(body, tally, false);
            case THRIFT -> ThriftGuard.check(body, tally);
            case PROTO3 -> Proto3Guard.check(body, tally);
        }
    }

    private String reason(Throwable e, Encoding encoding) {
        String message = e.getMessage();
        if (e instanceof StackOverflowError || message == null) {
            return encoding.refusal("Malformed");
        }
        int max = limits.maxReasonChars();
        return message.length() <= max ? message : message.substring(0, max) + "…";
    }
}
