package zipkin.ee.codec;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import zipkin2.Span;

/**
 * Reads lists of spans by zipkin2's decoders, messages as tracers write them by faster ones of our own, and says no instead of them to the few messages that would stall the thread or fill the
 * heap. What they accept within the limits is accepted, with equal spans; what they refuse is refused with their text. Time and
 * heap are bounded by the message's size. Any number of threads may use one.
 */
public final class SpanReader {
    private static final int SPARES = 16;

    private final Limits limits;
    private final Texts texts = new Texts();
    private final BlockingQueue<FlatSpans> spares = new ArrayBlockingQueue<>(SPARES);

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
            FlatSpans flat = spare();
            try {
                return isUsual(body, encoding, flat)
                        ? ColumnsToSpans.toSpans(flat, texts)
                        : encoding.decoder().decodeList(body);
            } finally {
                giveBack(flat);
            }
        } catch (MalformedSpansException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedSpansException(reason(e, encoding), e);
        }
    }

    /**
     * As {@link #read}, without objects for what is usual.
     *
     * @param use gets the spans, which are not to be used after it returns
     */
    public <T> T readFlat(byte[] body, Encoding encoding, Function<FlatSpans, T> use) {
        FlatSpans flat = spare();
        try {
            readInto(flat, body, encoding);
            return use.apply(flat);
        } finally {
            giveBack(flat);
        }
    }

    private void readInto(FlatSpans flat, byte[] body, Encoding encoding) {
        try {
            check(body, encoding);
            if (isUsual(body, encoding, flat)) {
                return;
            }
            flat.begin(body);
            new SpansToColumns(flat).addAll(encoding.decoder().decodeList(body));
        } catch (MalformedSpansException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedSpansException(reason(e, encoding), e);
        }
    }

    private static boolean isUsual(byte[] body, Encoding encoding, FlatSpans flat) {
        return switch (encoding) {
            case JSON_V2 -> JsonV2Reader.read(body, flat);
            case PROTO3 -> Proto3Reader.read(body, flat);
            case THRIFT -> ThriftReader.read(body, flat);
            case JSON_V1 -> false;
        };
    }

    private FlatSpans spare() {
        FlatSpans flat = spares.poll();
        return flat != null ? flat : new FlatSpans();
    }

    private void giveBack(FlatSpans flat) {
        flat.release();
        spares.offer(flat);
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
