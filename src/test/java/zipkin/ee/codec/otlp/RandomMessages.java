package zipkin.ee.codec.otlp;

import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Messages that a seed determines, with names and values that have a meaning for the mapping. */
final class RandomMessages {
    private static final List<String> NAMES = List.of(
            "",
            "error",
            "error.type",
            "service.name",
            "process.executable.name",
            "peer.service",
            "server.address",
            "server.port",
            "network.peer.address",
            "network.peer.port",
            "network.local.address",
            "client.address",
            "peer.address",
            "db.system",
            "messaging.system",
            "otel.scope.name",
            "k");
    private static final List<String> TEXTS = List.of(
            "",
            "true",
            "false",
            "a",
            "B",
            "10.0.0.1",
            "[::1]:80",
            "host:80",
            "80",
            "Σ é 😀",
            "\"\\\n\u0000",
            "fe80::1%1");

    private final SplittableRandom random;

    RandomMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    ExportTraceServiceRequest next() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            ResourceSpans.Builder resource = ResourceSpans.newBuilder();
            if (random.nextBoolean()) {
                resource.getResourceBuilder().addAllAttributes(attributes());
            }
            for (int k = random.nextInt(3); k > 0; k--) {
                resource.addScopeSpans(scope());
            }
            request.addResourceSpans(resource);
        }
        return request.build();
    }

    private ScopeSpans.Builder scope() {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder().setSchemaUrl(randomText());
        if (random.nextBoolean()) {
            spans.setScope(InstrumentationScope.newBuilder()
                    .setName(randomText())
                    .setVersion(randomText())
                    .addAllAttributes(attributes()));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            spans.addSpans(randomSpan());
        }
        return spans;
    }

    private Span.Builder randomSpan() {
        Span.Builder span = span().setParentSpanId(id(8))
                .setTraceState(randomText())
                .setName(randomText())
                .setKindValue(random.nextInt(-1, 7))
                .setStartTimeUnixNano(nanos())
                .setEndTimeUnixNano(nanos())
                .addAllAttributes(attributes())
                .setDroppedAttributesCount(random.nextInt(-1, 2))
                .setDroppedEventsCount(random.nextInt(-1, 2))
                .setDroppedLinksCount(random.nextInt(-1, 2))
                .setFlags(random.nextInt());
        if (random.nextInt(8) == 0) {
            span.setTraceId(id(16)).setSpanId(id(8));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            span.addEvents(Span.Event.newBuilder()
                    .setName(randomText())
                    .setTimeUnixNano(nanos())
                    .addAllAttributes(attributes())
                    .setDroppedAttributesCount(random.nextInt(-1, 2)));
            span.addLinks(Span.Link.newBuilder()
                    .setTraceId(id(16))
                    .setSpanId(id(8))
                    .setTraceState(randomText())
                    .addAllAttributes(attributes())
                    .setDroppedAttributesCount(random.nextInt(-1, 2)));
        }
        if (random.nextBoolean()) {
            span.getStatusBuilder().setCodeValue(random.nextInt(-1, 4)).setMessage(randomText());
        }
        return span;
    }

    private List<KeyValue> attributes() {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            attributes.add(attribute(NAMES.get(random.nextInt(NAMES.size())), value(3)));
        }
        return attributes;
    }

    private AnyValue value(int levels) {
        return switch (random.nextInt(levels > 0 ? 9 : 6)) {
            case 0 -> AnyValue.getDefaultInstance();
            case 1 ->
                AnyValue.newBuilder()
                        .setIntValue(random.nextLong() >> random.nextInt(64))
                        .build();
            case 2 ->
                AnyValue.newBuilder()
                        .setDoubleValue(Double.longBitsToDouble(random.nextLong()))
                        .build();
            case 3 -> AnyValue.newBuilder().setBoolValue(random.nextBoolean()).build();
            case 4 -> AnyValue.newBuilder().setBytesValue(id(random.nextInt(9))).build();
            case 5 -> text(randomText());
            case 6 -> array(value(levels - 1), value(levels - 1));
            case 7 -> map(attribute(randomText(), value(levels - 1)), attribute(randomText(), value(levels - 1)));
            default -> text(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private long nanos() {
        return random.nextInt(4) == 0 ? random.nextLong(-1, 2) : START_NANOS + random.nextInt(-5_000, 5_000);
    }

    private ByteString id(int bytes) {
        byte[] id = new byte[random.nextInt(6) == 0 ? random.nextInt(20) : bytes];
        if (random.nextInt(6) != 0) {
            random.nextBytes(id);
        }
        return ByteString.copyFrom(id);
    }

    private String randomText() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
