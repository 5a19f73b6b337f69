package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static zipkin.ee.codec.FastPathUnsupportedException.requireUsual;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.FastPathUnsupportedException;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.MessageTexts;
import zipkin.ee.codec.SharedTags;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsBuilder;
import zipkin.ee.codec.TextHash;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Reads a request for traces in protobuf, as exporters write it, into columns. What the spans of a
 * scope share is read once. Everything unusual is left to {@link OtlpSpanMapper}, and so is the
 * meaning of all that is not a plain attribute. For one message and thread.
 */
final class OtlpColumns {
    private static final VarHandle IDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Endpoints that are remembered by what they are made of. */
    private static final int MAX_KNOWN = 256;

    /** The attributes that an endpoint is made of. */
    private record Origin(int kind, Map<String, OtlpValue> attributes, int local) {}

    private final byte[] body;
    private final OtlpLimits limits = new OtlpLimits();
    private final ProtobufCursor in;
    private final OtlpProtobuf protobuf;
    private final OtlpTags tags;
    private final OtlpEndpoints endpoints;
    private final OtlpHeap heap;
    private final SpanColumnsBuilder spans;
    private final MessageTexts texts;
    private final Map<Origin, int[]> knownEndpoints = new HashMap<>();
    private final ColumnTags target;
    private final OtlpSpanMapper.Annotations annotations;

    private OtlpItems.@Nullable Group current;
    private SharedTags groupTags = new SharedTags(new int[0], 0, 0);
    private Endpoint groupEndpoint = Endpoint.newBuilder().build();
    private int groupEndpointNumber;
    private long heldBytes;

    private OtlpColumns(byte[] body, SpanColumns columns, OtlpTags tags, OtlpMapping mapping, LongConsumer room) {
        this.body = body;
        this.in = new ProtobufCursor(body);
        this.protobuf = new OtlpProtobuf(in, limits);
        this.tags = tags;
        this.endpoints = new OtlpEndpoints(mapping.ipAsService(), limits);
        this.heap = new OtlpHeap(room);
        this.spans = new SpanColumnsBuilder(columns);
        this.texts = spans.texts();
        this.target = new ColumnTags(in, limits, spans);
        this.annotations = (micros, value) -> spans.annotation(micros, target.text(value));
    }

    /**
     * Fills {@code columns} and returns true, or returns false if {@link OtlpSpanMapper} has to
     * look.
     *
     * @param room gets the bytes of heap that the columns take so far, the copies of shared tags
     *     included, and throws to stop
     */
    static boolean read(byte[] body, SpanColumns columns, OtlpTags tags, OtlpMapping mapping, LongConsumer room) {
        columns.begin(body);
        try {
            OtlpColumns message = new OtlpColumns(body, columns, tags, mapping, room);
            message.protobuf.read(message::span);
            message.heap.finish();
            return true;
        } catch (FastPathUnsupportedException | MalformedSpansException e) {
            columns.begin(body);
            return false;
        }
    }

    private void span(OtlpItems.Group group, int index) {
        if (!group.equals(current)) {
            begin(group);
        }
        long entriesBefore = limits.entries();
        limits.entries(groupTags.size());
        OtlpSpan span = new OtlpSpan();
        boolean hasTraceId = false;
        target.begin();
        spans.beginSpan();
        spans.tags(groupTags);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    requireUsual(!hasTraceId);
                    hasTraceId = true;
                    traceId();
                }
                case 2 -> spans.id(id());
                case 4 -> parentId();
                case 5 -> name();
                case 9 -> target.attribute(span);
                default -> protobuf.field(span);
            }
        }
        requireUsual(!limits.takeTooDeep());
        Span.Kind kind = OtlpSpanMapper.kind(span.kind);
        if (kind != null) {
            spans.kind(kind);
        }
        spans.timestamp(OtlpSpanMapper.micros(span.startNanos));
        spans.duration(OtlpSpanMapper.durationMicros(span));
        addEndpoints(span);
        long untimedEvents = OtlpSpanMapper.events(span, annotations);
        tags.addOfFields(group.scope(), span, untimedEvents, target);
        target.end();
        spans.endSpan();
        keep(limits.entries() - entriesBefore);
    }

    private void begin(OtlpItems.Group group) {
        Map<String, String> shared = tags.ofGroup(group);
        requireUsual(!shared.containsKey(TagNames.ERROR) && !shared.containsKey(TagNames.ERROR_TYPE));
        current = group;
        groupTags = spans.share(shared);
        groupEndpoint = endpoints.ofResource(group.resource());
        groupEndpointNumber = spans.addEndpoint(groupEndpoint);
    }

    private void keep(long entries) {
        long decoded = texts.totalBytes() - body.length;
        heap.keep(SpanColumns.SPAN_BYTES
                + SpanColumns.ENTRY_BYTES * entries
                + groupTags.textBytes()
                + decoded
                - heldBytes);
        heldBytes = decoded;
    }

    private void traceId() {
        int from = in.from();
        requireUsual(in.position() - from == OtlpId.TRACE);
        spans.traceId((long) IDS.get(body, from), (long) IDS.get(body, from + Long.BYTES));
    }

    private long id() {
        int from = in.from();
        requireUsual(in.position() - from == OtlpId.SPAN);
        return (long) IDS.get(body, from);
    }

    private void parentId() {
        int from = in.from();
        spans.parentId(in.position() - from == OtlpId.SPAN ? (long) IDS.get(body, from) : 0);
    }

    private void name() {
        int from = in.from();
        int to = in.position();
        spans.name(
                from == to || TextHash.isAscii(body, from, to)
                        ? texts.lowerCase(from, to)
                        : texts.add(limits.lowerCase(new String(body, from, to - from, UTF_8))));
    }

    private void addEndpoints(OtlpSpan span) {
        Origin origin = new Origin(span.kind, span.attributes, groupEndpointNumber);
        int[] known = knownEndpoints.get(origin);
        if (known == null) {
            known = endpoints(span);
            if (knownEndpoints.size() < MAX_KNOWN) {
                knownEndpoints.put(origin, known);
            }
        }
        spans.localEndpoint(known[0]);
        spans.remoteEndpoint(known[1]);
    }

    private int[] endpoints(OtlpSpan span) {
        Endpoint local = endpoints.local(groupEndpoint, span);
        Endpoint remote = endpoints.remote(span);
        return new int[] {
            local.equals(groupEndpoint) ? groupEndpointNumber : spans.addEndpoint(local),
            remote == null ? 0 : spans.addEndpoint(remote)
        };
    }
}
