package zipkin.ee.transport.otlp;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.codec.otlp.OtlpTraces;
import zipkin.ee.collect.SpanDecoder;
import zipkin2.Span;

/** Reads one message of traces, and remembers what it refused in it. */
class TracesDecoder implements SpanDecoder {
    private final OtlpReader reader;
    private final OtlpFormat format;
    private ExportResponse response = ExportResponse.FULL_SUCCESS;

    TracesDecoder(OtlpReader reader, OtlpFormat format) {
        this.reader = reader;
        this.format = format;
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

    /** The answer once the other spans are stored. */
    ExportResponse response() {
        return response;
    }
}
