package zipkin.ee.collect;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.EncodingDetector;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SingleThriftSpan;

/**
 * A message for {@link Collector#accept}, and how to take it.
 *
 * @param message a list of spans, decompressed; an empty array for none
 * @param format finds the list in the message; throws {@link MalformedSpansException}
 * @param counters the transport's
 * @param account what the message holds of budgets; the collector closes it with the outcome
 * @param debug whether every span is marked as debug, which sampling never drops
 * @param journal takes the message instead of the storage; null for the storage
 * @param sampled whether the message was sampled before, when a journal took it
 */
@SuppressWarnings("ArrayRecordComponent") // deliveries are not compared
public record Delivery(
        byte[] message,
        Function<byte[], SpanList> format,
        TransportCounters counters,
        Account account,
        boolean debug,
        @Nullable Journal journal,
        boolean sampled) {
    private static final Function<byte[], SpanList> DETECTED = Delivery::detect;

    /** Bytes that hold a list of spans, and their encoding. */
    @SuppressWarnings("ArrayRecordComponent") // not compared either
    record SpanList(byte[] bytes, Encoding encoding) {}

    private Delivery(byte[] message, Function<byte[], SpanList> format, TransportCounters counters) {
        this(message, format, counters, new Account(), false, null, false);
    }

    /** A message whose encoding its transport knows. */
    public static Delivery encoded(byte[] message, Encoding encoding, TransportCounters counters) {
        return new Delivery(message, bytes -> new SpanList(bytes, encoding), counters);
    }

    /** A message posted as an encoding, which {@link EncodingDetector#requireFamily} checks. */
    public static Delivery posted(byte[] message, Encoding announced, TransportCounters counters) {
        return new Delivery(
                message, bytes -> new SpanList(bytes, EncodingDetector.requireFamily(bytes, announced)), counters);
    }

    /**
     * A broker's message, whose encoding is detected from its bytes. It may be a single thrift span
     * without a list, and COLLECTOR_MESSAGE_MAX_BYTES bounds it.
     */
    public static Delivery detected(byte[] message, TransportCounters counters) {
        return new Delivery(message, DETECTED, counters);
    }

    private static SpanList detect(byte[] message) {
        return SingleThriftSpan.is(message)
                ? new SpanList(SingleThriftSpan.asList(message), Encoding.THRIFT)
                : new SpanList(message, EncodingDetector.ofListMessage(message));
    }

    boolean isDetected() {
        return format == DETECTED;
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
