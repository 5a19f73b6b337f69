package zipkin.ee.collect;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one transport since the start, and the size of its last message. Names and meanings
 * are those of Zipkin's {@code zipkin_collector} metrics. Thread safe.
 */
public final class TransportCounters {
    private final String transport;
    private final boolean redelivered;
    private final LongAdder messages = new LongAdder();
    private final LongAdder messagesDropped = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder spans = new LongAdder();
    private final LongAdder spansDropped = new LongAdder();
    private volatile int messageSpans;
    private volatile int messageBytes;

    /**
     * Those that are shown come from {@link CollectorCounters}.
     *
     * @param redelivered whether refused messages come again by themselves
     */
    public TransportCounters(String transport, boolean redelivered) {
        this.transport = transport;
        this.redelivered = redelivered;
    }

    /**
     * Counts a message that was dropped before it reached the collector, which counts all others.
     */
    public void messageRejected() {
        messages.increment();
        messagesDropped.increment();
    }

    /** Counts spans that were dropped out of a message before the collector counted the others. */
    public void spansRejected(long count) {
        spans.add(count);
        spansDropped.add(count);
    }

    /** @param size of the message after decompression, in bytes */
    void messageReceived(int size) {
        messages.increment();
        bytes.add(size);
        messageBytes = size;
    }

    /** A message was given up before its spans were known. */
    void messageDropped() {
        messagesDropped.increment();
    }

    /** There was no room to decode a message: dropped, unless it comes again. */
    void messageRefused() {
        if (!redelivered) {
            messagesDropped.increment();
        }
    }

    void spansReceived(int count) {
        spans.add(count);
        messageSpans = count;
    }

    void spansDropped(int count) {
        spansDropped.add(count);
    }

    /** The storage did not take them: dropped, unless their message comes again. */
    void spansRefused(int count) {
        if (!redelivered) {
            spansDropped.add(count);
        }
    }

    /** The label of the transport: http, grpc, kafka, … */
    public String transport() {
        return transport;
    }

    public long messages() {
        return messages.sum();
    }

    public long messagesDropped() {
        return messagesDropped.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    public long spans() {
        return spans.sum();
    }

    public long spansDropped() {
        return spansDropped.sum();
    }

    /** Spans in the last message. */
    public int messageSpans() {
        return messageSpans;
    }

    /** Bytes of the last message. */
    public int messageBytes() {
        return messageBytes;
    }
}
