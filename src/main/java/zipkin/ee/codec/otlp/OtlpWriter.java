package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.codec.ProtoWriter;
import zipkin2.Span;

/**
 * Writes Zipkin's spans as an ExportTraceServiceRequest in protobuf: a ResourceSpans for each local
 * service name, in it a ScopeSpans for each {@code otel.scope.name} and {@code
 * otel.scope.version}. What {@link OtlpReader} reads back are the same spans, apart from what
 * docs/operating/forwarding.md lists. Thread safe.
 */
public final class OtlpWriter {
    private OtlpWriter() {}

    private record Scope(String name, String version) {}

    public static byte[] toProtobuf(List<Span> spans) {
        JsonObjects json = new JsonObjects();
        ZipkinSpanMapper mapper = new ZipkinSpanMapper(json);
        Map<String, Map<Scope, ProtoWriter>> resources = new LinkedHashMap<>();
        for (Span span : spans) {
            String service = span.localServiceName() == null ? OtlpEndpoints.UNKNOWN_SERVICE : span.localServiceName();
            ZipkinTags tags = new ZipkinTags(span, json);
            Scope scope = new Scope(tags.takeText(TagNames.SCOPE_NAME), tags.takeText(TagNames.SCOPE_VERSION));
            resources
                    .computeIfAbsent(service, name -> new LinkedHashMap<>())
                    .computeIfAbsent(scope, OtlpWriter::begin)
                    .message(2, OtlpProtobufWriter.span(mapper.map(span, tags)));
        }
        ProtoWriter request = new ProtoWriter();
        resources.forEach((service, scopes) -> {
            ProtoWriter resource = new ProtoWriter().message(1, OtlpProtobufWriter.resource(service));
            scopes.values().forEach(scope -> resource.message(2, scope));
            request.message(1, resource);
        });
        return request.toBytes();
    }

    private static ProtoWriter begin(Scope scope) {
        boolean isEmpty = scope.name.isEmpty() && scope.version.isEmpty();
        ProtoWriter spans = new ProtoWriter();
        return isEmpty ? spans : spans.message(1, OtlpProtobufWriter.scope(scope.name, scope.version));
    }
}
