package zipkin.ee.codec;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Reads lists of spans. Messages as tracers write them are read by readers of our own, all others
 * by zipkin2's decoders, after a guard has refused those that would stall the thread or fill the
 * heap. Exactly what zipkin2 accepts within the limits is accepted, with equal spans; errors say
 * where the fault is. Time and heap are bounded by the message's size. Thread safe.
 */
public final class SpanReader {
    /** Columns that are kept for further messages. */
    private static final int SPARES = Math.min(16, 2 * Runtime.getRuntime().availableProcessors());

    private static final byte[] NO_MESSAGE = {};

    private final Limits limits;
    private final Texts texts = new Texts();
    private final BlockingQueue<SpanColumns> spares = new ArrayBlockingQueue<>(SPARES);

    public SpanReader() {
        this(Limits.DEFAULT);
    }

    public SpanReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads the spans of a list in order. A v1 span with several sides becomes several spans. An
     * empty body is an empty list.
     *
     * @param room called with heap bytes before they are used; throws when there is no room
     * @param use gets the spans, which are invalid after it returns
     * @throws MalformedSpansException if the body is not a list in this encoding, or exceeds a
     *     limit
     */
    public <T> T read(byte[] body, Encoding encoding, LongConsumer room, Function<DecodedSpans, T> use) {
        byte[] list = list(body, encoding, room);
        DecodeLimits decodeLimits = new DecodeLimits(encoding, limits);
        TextEdits edits = check(list, encoding, decodeLimits);
        room.accept(decodeLimits.columnBytes(list.length));
        SpanColumns columns = spare();
        try {
            @Nullable List<Span> objects = null;
            if (!isUsual(list, encoding, columns)) {
                room.accept(decodeLimits.objectBytes(list.length));
                objects = decode(list, encoding, edits);
            }
            return use.apply(new DecodedSpans(list, columns, objects, texts, room));
        } finally {
            giveBack(columns);
        }
    }

    /** Reads messages of another format. */
    @FunctionalInterface
    public interface OtherReader {
        /** Returns the spans of the message, or null if it has filled the columns with them. */
        @Nullable
        List<Span> read(SpanColumns columns);
    }

    /**
     * Has a message of another format read, and uses its spans as {@link #read} uses its own.
     *
     * @param room called with heap bytes before columns of objects take them
     */
    public <T> T read(byte[] message, OtherReader other, LongConsumer room, Function<DecodedSpans, T> use) {
        SpanColumns columns = spare();
        try {
            @Nullable List<Span> objects = other.read(columns);
            if (objects != null) {
                room.accept(SpanSize.of(objects));
            }
            return use.apply(new DecodedSpans(objects == null ? message : NO_MESSAGE, columns, objects, texts, room));
        } finally {
            giveBack(columns);
        }
    }

    /** Reads a list into columns, without a limit of heap bytes. */
    public <T> T readColumns(byte[] body, Encoding encoding, Function<SpanColumns, T> use) {
        return read(body, encoding, bytes -> {}, spans -> use.apply(spans.toColumns()));
    }

    /** Reads a list into objects, without a limit of heap bytes. */
    public List<Span> read(byte[] body, Encoding encoding) {
        return read(body, encoding, bytes -> {}, DecodedSpans::toSpans);
    }

    /** Removes white space and byte order marks that zipkin2's decoder does not accept. */
    private static byte[] list(byte[] body, Encoding encoding, LongConsumer room) {
        if (encoding != Encoding.JSON_V1 && encoding != Encoding.JSON_V2) {
            return body;
        }
        int start = JsonText.begin(body);
        if (start == 0) {
            return body;
        }
        room.accept(body.length - start);
        return Arrays.copyOfRange(body, start, body.length);
    }

    private List<Span> decode(byte[] body, Encoding encoding, TextEdits edits) {
        try {
            return encoding.decoder().decodeList(edits.apply(body));
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedSpansException(reason(body, e, encoding), e);
        }
    }

    private static boolean isUsual(byte[] body, Encoding encoding, SpanColumns columns) {
        return switch (encoding) {
            case JSON_V2 -> JsonV2Reader.read(body, columns);
            case PROTO3 -> Proto3Reader.read(body, columns);
            case THRIFT -> ThriftReader.read(body, columns);
            case JSON_V1 -> false;
        };
    }

    private SpanColumns spare() {
        SpanColumns columns = spares.poll();
        return columns != null ? columns : new SpanColumns();
    }

    private void giveBack(SpanColumns columns) {
        columns.release();
        spares.offer(columns);
    }

    /** Runs the guard alone, for tests. */
    TextEdits check(byte[] body, Encoding encoding) {
        return check(body, encoding, new DecodeLimits(encoding, limits));
    }

    /** Runs the guard and returns the changes to be made for zipkin2's decoder. */
    private static TextEdits check(byte[] body, Encoding encoding, DecodeLimits limits) {
        TextEdits edits = new TextEdits();
        switch (encoding) {
            case JSON_V1 -> JsonGuard.checkV1(body, limits, edits);
            case JSON_V2 -> JsonGuard.checkV2(body, limits);
            case THRIFT -> ThriftGuard.check(body, limits, edits);
            case PROTO3 -> Proto3Guard.check(body, limits);
        }
        return edits;
    }

    /**
     * Returns why a message cannot be read, and where; without a place, if the message does not
     * have this encoding at all, the text of zipkin2.
     */
    private String reason(byte[] body, Throwable e, Encoding encoding) {
        @Nullable
        Fault fault =
                switch (encoding) {
                    case JSON_V1, JSON_V2 ->
                        body.length > 0 && body[0] == '[' ? JsonFaults.find(body, encoding == Encoding.JSON_V1) : null;
                    case THRIFT -> EncodingDetector.isBinaryList(body) ? ThriftFaults.find(body, limits) : null;
                    case PROTO3 -> EncodingDetector.isBinaryList(body) ? Proto3Faults.find(body, limits) : null;
                };
        if (fault != null) {
            return fault.text();
        }
        String message = e.getMessage();
        if (e instanceof StackOverflowError || message == null) {
            return encoding.refusal("Malformed");
        }
        return Fault.line(message, Fault.MAX_TEXT);
    }
}
