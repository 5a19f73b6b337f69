package zipkin.ee.transport.otlp;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.codec.otlp.OtlpTraces;
import zipkin.ee.collect.SpanDecoder;
import zipkin.ee.collect.TransportCounters;
import zipkin2.Span;

/** Reads one message of traces, and counts what it refused in it once the rest is stored. */
class TracesDecoder implements SpanDecoder {
    private final OtlpReader reader;
    private final OtlpFormat format;
    private final TransportCounters counters;
    private ExportResponse response = ExportResponse.FULL_SUCCESS;

    TracesDecoder(OtlpReader reader, OtlpFormat format, TransportCounters counters) {
        this.reader = reader;
        this.format = format;
        this.counters = counters;
    }

    @Override
    public @Nullable List<Span> decode(byte[] message, SpanColumns columns, LongConsumer room) {
        if (format == OtlpFormat.PROTOBUF && reader.readColumns(message, columns, room)) {
            return null;
        }
        OtlpTraces traces = format.readTraces(reader, message, room);
        response = new ExportResponse(traces.refused(), traces.refusal());
        return traces.spans();
    }

    @Override
    public void stored() {
        counters.spansRejected(response.rejectedSpans());
    }

    /** The answer once the other spans are stored. */
    ExportResponse response() {
        return response;
    }
}
