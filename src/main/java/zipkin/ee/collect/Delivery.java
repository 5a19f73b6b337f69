package zipkin.ee.collect;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.DecodedSpans;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.EncodingDetector;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SingleThriftSpan;
import zipkin.ee.codec.SpanReader;

/**
 * A message for {@link Collector#accept}, and how to take it.
 *
 * @param message a list of spans, decompressed; an empty array for none
 * @param format reads the spans of the message; throws {@link MalformedSpansException}
 * @param counters the transport's
 * @param account what the message holds of budgets; the collector closes it with the outcome
 * @param debug whether every span is marked as debug, which sampling never drops
 * @param journal takes the message instead of the storage; null for the storage
 * @param sampled whether the message was sampled before, when a journal took it
 */
@SuppressWarnings("ArrayRecordComponent") // deliveries are not compared
public record Delivery(
        byte[] message,
        Format format,
        TransportCounters counters,
        Account account,
        boolean debug,
        @Nullable Journal journal,
        boolean sampled) {
    private static final Format DETECTED = lists(Delivery::detect);

    /** Bytes that hold a list of spans, and their encoding. */
    @SuppressWarnings("ArrayRecordComponent") // not compared either
    private record SpanList(byte[] bytes, Encoding encoding) {}

    /** Reads the spans of a message. */
    @FunctionalInterface
    interface Format {
        /**
         * @param room called with heap bytes before they are used; throws when there is no room
         */
        CompletionStage<Outcome> read(byte[] message, SpanReader reader, LongConsumer room, Use use);

        /** Called when the message is stored, or in a journal. */
        default void stored() {}
    }

    /**
     * A format that is not Zipkin's.
     *
     * @param bounded whether COLLECTOR_MESSAGE_MAX_BYTES bounds the message
     */
    private record Decoded(SpanDecoder decoder, boolean bounded) implements Format {
        @Override
        public CompletionStage<Outcome> read(byte[] message, SpanReader reader, LongConsumer room, Use use) {
            GrowingTotal total = new GrowingTotal(room);
            return reader.read(
                    message, columns -> decoder.decode(message, columns, total), room, spans -> use.apply(spans, null));
        }

        @Override
        public void stored() {
            decoder.stored();
        }
    }

    /** Takes the spans that were read. */
    @FunctionalInterface
    interface Use {
        /**
         * @param spans invalid after this returns
         * @param encoding of the message; null when it is not a list in one of Zipkin's encodings
         */
        CompletionStage<Outcome> apply(DecodedSpans spans, @Nullable Encoding encoding);
    }

    private Delivery(byte[] message, Format format, TransportCounters counters) {
        this(message, format, counters, new Account(), false, null, false);
    }

    /** A message whose encoding its transport knows. */
    public static Delivery encoded(byte[] message, Encoding encoding, TransportCounters counters) {
        return new Delivery(message, lists(bytes -> new SpanList(bytes, encoding)), counters);
    }

    /** A message posted as an encoding, which {@link EncodingDetector#requireFamily} checks. */
    public static Delivery posted(byte[] message, Encoding announced, TransportCounters counters) {
        return new Delivery(
                message,
                lists(bytes -> new SpanList(bytes, EncodingDetector.requireFamily(bytes, announced))),
                counters);
    }

    /**
     * A broker's message, whose encoding is detected from its bytes. It may be a single thrift span
     * without a list, and COLLECTOR_MESSAGE_MAX_BYTES bounds it.
     */
    public static Delivery detected(byte[] message, TransportCounters counters) {
        return new Delivery(message, DETECTED, counters);
    }

    /** A message in another format than Zipkin's. A journal gets its spans as proto3. */
    public static Delivery decoded(byte[] message, SpanDecoder decoder, TransportCounters counters) {
        return new Delivery(message, new Decoded(decoder, false), counters);
    }

    /** A broker's message in another format, which COLLECTOR_MESSAGE_MAX_BYTES bounds. */
    public static Delivery ofBroker(byte[] message, SpanDecoder decoder, TransportCounters counters) {
        return new Delivery(message, new Decoded(decoder, true), counters);
    }

    /** Reads a list in one of Zipkin's encodings, which {@code find} finds in the message. */
    private static Format lists(Function<byte[], SpanList> find) {
        return (bytes, reader, room, use) -> {
            SpanList list = find.apply(bytes);
            return reader.read(list.bytes(), list.encoding(), room, spans -> use.apply(spans, list.encoding()));
        };
    }

    private static SpanList detect(byte[] message) {
        return SingleThriftSpan.is(message)
                ? new SpanList(SingleThriftSpan.asList(message), Encoding.THRIFT)
                : new SpanList(message, EncodingDetector.ofListMessage(message));
    }

    /** Whether COLLECTOR_MESSAGE_MAX_BYTES bounds the message. */
    boolean isBounded() {
        return format == DETECTED || (format instanceof Decoded decoded && decoded.bounded());
    }

    /** This delivery with a debug flag and with the account that its message already has. */
    public Delivery with(boolean debugFlag, Account own) {
        return new Delivery(message, format, counters, own, debugFlag, journal, sampled);
    }

    /** This delivery into a journal; null for the storage. */
    public Delivery into(@Nullable Journal target) {
        return new Delivery(message, format, counters, account, debug, target, sampled);
    }

    /** This delivery coming back from a journal, with the debug flag that the journal kept. */
    public Delivery fromJournal(boolean debugFlag) {
        return new Delivery(message, format, counters, account, debugFlag, null, true);
    }
}
