package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import zipkin2.Span;

/**
 * Messages as the kafka exporter of OpenTelemetry's Collector writes them, of {@link SpanStream}'s
 * spans.
 */
final class OtlpMessages {
    private static final String SERVICE = "service.name";
    private static final long NANOS = 1000;

    private OtlpMessages() {}

    /** A request in protobuf, which is read as these spans. */
    static byte[] protobuf(List<Span> spans) {
        return request(spans).build().toByteArray();
    }

    /** The same with one more span, which is refused for its id. */
    static byte[] withBadSpan(List<Span> spans) {
        ExportTraceServiceRequest.Builder request = request(spans);
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .addSpans(1, otlp(spans.get(0)).setSpanId(ByteString.copyFrom(new byte[7])));
        return request.build().toByteArray();
    }

    private static ExportTraceServiceRequest.Builder request(List<Span> spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        spans.forEach(span -> scope.addSpans(otlp(span)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute(SERVICE, spans.get(0).localServiceName())))
                        .addScopeSpans(scope));
    }

    private static io.opentelemetry.proto.trace.v1.Span.Builder otlp(Span span) {
        io.opentelemetry.proto.trace.v1.Span.Builder otlp = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(bytes(traceId(span)))
                .setSpanId(bytes(span.id()))
                .setName(Objects.requireNonNull(span.name()))
                .setStartTimeUnixNano(span.timestampAsLong() * NANOS)
                .setEndTimeUnixNano((span.timestampAsLong() + span.durationAsLong()) * NANOS);
        span.tags().forEach((key, value) -> otlp.addAttributes(attribute(key, value)));
        return otlp;
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static String traceId(Span span) {
        return "0".repeat(32 - span.traceId().length()) + span.traceId();
    }

    /** A request in JSON, which is read as these spans. */
    static byte[] json(List<Span> spans) {
        return """
            {"resourceSpans":[{"resource":{"attributes":[%s]},"scopeSpans":[{"spans":[%s]}]}]}\
            """.formatted(
                        json(SERVICE, spans.get(0).localServiceName()),
                        spans.stream().map(OtlpMessages::json).collect(joining(",")))
                .getBytes(UTF_8);
    }

    private static String json(Span span) {
        return """
            {"traceId":"%s","spanId":"%s","name":"%s","startTimeUnixNano":"%d","endTimeUnixNano":"%d",\
            "attributes":[%s]}\
            """.formatted(
                        traceId(span),
                        span.id(),
                        span.name(),
                        span.timestampAsLong() * NANOS,
                        (span.timestampAsLong() + span.durationAsLong()) * NANOS,
                        span.tags().entrySet().stream()
                                .map(tag -> json(tag.getKey(), tag.getValue()))
                                .collect(joining(",")));
    }

    private static String json(String key, String value) {
        return """
            {"key":"%s","value":{"stringValue":"%s"}}\
            """.formatted(key, value);
    }
}
