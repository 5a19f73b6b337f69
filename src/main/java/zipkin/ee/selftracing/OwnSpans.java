package zipkin.ee.selftracing;

import brave.Tags;
import brave.handler.MutableSpan;
import brave.handler.MutableSpanBytesEncoder;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.TransportCounters;

/**
 * Buffers finished spans until they are flushed to the collector, which counts them for the
 * transport {@code local}. Storing them is not a request, so it makes no further spans. Spans
 * beyond the limit are dropped and counted as dropped. Thread safe.
 */
final class OwnSpans extends SpanHandler {
    static final String LABEL = "local";
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_MESSAGE = 1000;

    private final MutableSpanBytesEncoder encoder = MutableSpanBytesEncoder.zipkinJsonV2(Tags.ERROR);
    private final BlockingQueue<byte[]> finished = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Collector collector;
    private final TransportCounters counters;

    OwnSpans(Collector collector, TransportCounters counters) {
        this.collector = collector;
        this.counters = counters;
    }

    @Override
    public boolean end(TraceContext context, MutableSpan span, Cause cause) {
        if (!finished.offer(encoder.encode(span))) {
            counters.messageRejected();
        }
        return true;
    }

    /** Starts storing the finished spans and returns. */
    void flush() {
        for (byte @Nullable [] message = next(); message != null; message = next()) {
            collector
                    .accept(Delivery.encoded(message, Encoding.JSON_V2, counters))
                    .whenComplete((outcome, error) -> {}); // counted and logged by the collector
        }
    }

    private byte @Nullable [] next() {
        List<byte[]> spans = new ArrayList<>();
        finished.drainTo(spans, MAX_MESSAGE);
        if (spans.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write('[');
        for (int i = 0; i < spans.size(); i++) {
            if (i > 0) {
                list.write(',');
            }
            list.writeBytes(spans.get(i));
        }
        list.write(']');
        return list.toByteArray();
    }
}
