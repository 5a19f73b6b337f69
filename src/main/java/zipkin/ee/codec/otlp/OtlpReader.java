package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanSize;
import zipkin2.Span;

/**
 * Reads the body of an OTLP request. A span that cannot be stored does not spoil the others: it is
 * left out and counted. Time and heap are bounded by the size of the body and by
 * {@link OtlpLimits}. Thread safe.
 */
public final class OtlpReader {
    private final OtlpMapping mapping;
    private final OtlpTags tags;

    public OtlpReader(OtlpMapping mapping) {
        this.mapping = mapping;
        this.tags = new OtlpTags(mapping, new AttributeFilter(mapping.resourceAttributes()));
    }

    /**
     * Reads an ExportTraceServiceRequest in protobuf into columns, without an object per span, if
     * it is as exporters write it and no span has to be refused.
     *
     * @param columns stay valid while {@code body} does not change
     * @param room gets the bytes of heap that the columns take so far, in growing totals, and
     *     throws to stop
     * @return false if {@link #readProtobuf} has to read it; the columns are empty then
     */
    public boolean readColumns(byte[] body, SpanColumns columns, LongConsumer room) {
        return OtlpColumns.read(body, columns, tags, mapping, room);
    }

    /**
     * Reads an ExportTraceServiceRequest in protobuf. An empty body is a request without spans.
     *
     * @param room gets the bytes of heap that the decoded spans take so far, in growing totals, and
     *     throws to stop
     * @throws MalformedSpansException if the body is not such a request or exceeds a limit
     */
    public OtlpTraces readProtobuf(byte[] body, LongConsumer room) {
        TraceRequest request = new TraceRequest(room);
        new OtlpProtobuf(body, request.limits).readTraces(request);
        return request.result();
    }

    /**
     * Reads an ExportTraceServiceRequest in JSON, as {@link #readProtobuf} does. The bytes of heap
     * include those of the intermediate form of one resource.
     */
    public OtlpTraces readJson(byte[] body, LongConsumer room) {
        TraceRequest request = new TraceRequest(room);
        new OtlpJson(body, request.limits, request.heap).readTraces(request);
        return request.result();
    }

    /**
     * Reads an ExportLogsServiceRequest in protobuf. An empty body is a request without records.
     *
     * @throws MalformedSpansException if the body is not such a request or exceeds a limit
     */
    public OtlpLogs readLogsProtobuf(byte[] body) {
        OtlpLimits limits = new OtlpLimits();
        OtlpLogEvents events = events(limits);
        new OtlpProtobuf(body, limits).readLogs(events);
        return events.result();
    }

    /** Reads an ExportLogsServiceRequest in JSON, as {@link #readLogsProtobuf} does. */
    public OtlpLogs readLogsJson(byte[] body) {
        OtlpLimits limits = new OtlpLimits();
        OtlpLogEvents events = events(limits);
        new OtlpJson(body, limits, new OtlpHeap(bytes -> {})).readLogs(events);
        return events.result();
    }

    private OtlpLogEvents events(OtlpLimits limits) {
        return new OtlpLogEvents(new OtlpEndpoints(mapping.ipAsService(), limits), mapping.correlatedLogs());
    }

    /** What one request for traces has given so far. */
    private final class TraceRequest implements OtlpItems<OtlpSpan> {
        final OtlpLimits limits = new OtlpLimits();
        final OtlpHeap heap;
        private final OtlpSpanMapper mapper;
        private RefusedSpans refused = new RefusedSpans();
        private final List<Span> spans = new ArrayList<>();

        TraceRequest(LongConsumer room) {
            this.heap = new OtlpHeap(room);
            this.mapper = new OtlpSpanMapper(tags, new OtlpEndpoints(mapping.ipAsService(), limits), limits);
        }

        @Override
        public void add(Group group, int index, OtlpSpan span) {
            String reason = OtlpSpanMapper.refusal(span);
            if (reason != null) {
                refused.add(reason, group, index);
                return;
            }
            Span mapped = mapper.map(group, span);
            heap.keep(SpanSize.of(mapped));
            spans.add(mapped);
        }

        @Override
        public void restart() {
            refused = new RefusedSpans();
            spans.clear();
        }

        OtlpTraces result() {
            heap.finish();
            return new OtlpTraces(spans, refused.count(), refused.text(spans.size() + refused.count()));
        }
    }
}
