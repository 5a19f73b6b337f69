package zipkin.ee.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Spans as OpenTelemetry's agent for Java has them: a resource of twelve attributes for each
 * service, a scope, numbers as numbers, and a peer's address in attributes.
 */
final class Otlp {
    private static final long NANOS = 1_000;
    private static final Set<String> NUMBERS =
            Set.of("http.status_code", "network.peer.port", "process.pid", "cart.items");
    private static final Map<String, String> SCOPE =
            Map.of("otel.scope.name", "io.opentelemetry.netty-4.1", "otel.scope.version", "2.33.1-alpha");
    private static final Set<String> OF_FIELDS =
            Set.of("otel.scope.name", "otel.scope.version", "otel.status_code", "error");

    private Otlp() {}

    /** The spans with all tags, and with the endpoints, that a server makes of {@link #encode}. */
    static List<Span> complete(List<Span> spans) {
        return spans.stream().map(Otlp::complete).toList();
    }

    private static Span complete(Span span) {
        String service = Objects.requireNonNull(span.localServiceName());
        Span.Builder complete = Span.newBuilder() // a copy could not be without the flag "shared"
                .traceId(span.traceId())
                .parentId(span.parentId())
                .id(span.id())
                .kind(span.kind())
                .name(span.name())
                .timestamp(span.timestampAsLong())
                .duration(span.durationAsLong())
                .localEndpoint(Endpoint.newBuilder().serviceName(service).build())
                .remoteEndpoint(span.remoteEndpoint());
        span.annotations().forEach(annotation -> complete.addAnnotation(annotation.timestamp(), annotation.value()));
        span.tags().forEach(complete::putTag);
        resource(service).forEach(complete::putTag);
        SCOPE.forEach(complete::putTag);
        Endpoint remote = span.remoteEndpoint();
        if (remote != null) {
            complete.putTag("peer.service", Objects.requireNonNull(remote.serviceName()))
                    .putTag("network.peer.address", Objects.requireNonNull(remote.ipv4()))
                    .putTag("network.peer.port", String.valueOf(remote.port()));
        }
        if (span.tags().containsKey("error")) {
            complete.putTag("otel.status_code", "ERROR");
        }
        return complete.build();
    }

    private static Map<String, String> resource(String service) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String instance = UUID.nameUUIDFromBytes(service.getBytes(UTF_8)).toString();
        attributes.put("service.instance.id", instance);
        attributes.put("container.id", (instance + instance).replace("-", ""));
        attributes.put("host.arch", "amd64");
        attributes.put("os.type", "linux");
        attributes.put("os.description", "Linux 6.12.48+deb13-cloud-amd64");
        attributes.put("process.pid", String.valueOf(4_000 + service.length()));
        attributes.put("process.executable.path", "/opt/java/openjdk/bin/java");
        attributes.put("process.runtime.name", "OpenJDK Runtime Environment");
        attributes.put("process.runtime.version", "17.0.17+10");
        attributes.put("telemetry.sdk.language", "java");
        attributes.put("telemetry.sdk.name", "opentelemetry");
        attributes.put("telemetry.sdk.version", "1.63.0");
        return attributes;
    }

    /** A request with complete spans, those of each service together. */
    static byte[] encode(List<Span> complete) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        complete.stream()
                .collect(Collectors.groupingBy(Span::localServiceName, LinkedHashMap::new, Collectors.toList()))
                .forEach((service, spans) -> request.addResourceSpans(group(service, spans)));
        return request.build().toByteArray();
    }

    private static ResourceSpans group(String service, List<Span> spans) {
        Map<String, String> ofResource = resource(service);
        Resource.Builder resource = Resource.newBuilder().addAttributes(attribute("service.name", service));
        ofResource.forEach((key, value) -> resource.addAttributes(attribute(key, value)));
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder()
                        .setName(SCOPE.get("otel.scope.name"))
                        .setVersion(SCOPE.get("otel.scope.version")));
        spans.forEach(span -> scope.addSpans(span(span, ofResource.keySet())));
        return ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(scope)
                .build();
    }

    private static io.opentelemetry.proto.trace.v1.Span span(Span span, Set<String> ofResource) {
        long start = span.timestampAsLong();
        io.opentelemetry.proto.trace.v1.Span.Builder otlp = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(bytes(span.traceId()))
                .setSpanId(bytes(span.id()))
                .setName(span.name())
                .setKindValue(span.kind() == Span.Kind.SERVER ? 2 : 3)
                .setStartTimeUnixNano(start * NANOS)
                .setEndTimeUnixNano((start + span.durationAsLong()) * NANOS)
                .setFlags(0x101);
        if (span.parentId() != null) {
            otlp.setParentSpanId(bytes(span.parentId()));
        }
        span.tags().forEach((key, value) -> {
            if (!ofResource.contains(key) && !OF_FIELDS.contains(key)) {
                otlp.addAttributes(attribute(key, value));
            }
        });
        span.annotations().forEach(annotation -> otlp.addEventsBuilder()
                .setTimeUnixNano(annotation.timestamp() * NANOS)
                .setName(annotation.value()));
        if (span.tags().containsKey("error")) {
            otlp.setStatus(
                    Status.newBuilder().setCodeValue(2).setMessage(span.tags().get("error")));
        }
        return otlp.build();
    }

    private static KeyValue attribute(String key, String value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(NUMBERS.contains(key) ? any.setIntValue(Long.parseLong(value)) : any.setStringValue(value))
                .build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
