package zipkin.ee.bench;

import java.util.List;
import java.util.function.Supplier;

/**
 * Message bodies without end, the same each time but for their trace ids, which no other message of
 * the run has, and times.
 */
final class Bodies implements Supplier<byte[]> {
    /** Spans of one message. */
    static final int SPANS = 100;

    private final List<Message> messages;
    private long trace = Load.nextTraces();
    private int next;

    Bodies(Format format) {
        messages = Message.of(format, SPANS, 0);
    }

    /** A new array. */
    @Override
    public byte[] get() {
        Message message = messages.get(next++ % messages.size());
        message.stamp(trace, System.currentTimeMillis() * 1000);
        trace += SPANS / TraceShape.SPANS;
        return message.body();
    }
}
