package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.attribute;
import static zipkin.ee.codec.otlp.OtlpMessages.read;
import static zipkin.ee.codec.otlp.OtlpMessages.span;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.TestObjects;

/** What is written is read back as it was, apart from what docs/operating/forwarding.md lists. */
class OtlpRoundTripTest {
    private static final OtlpReader READER = new OtlpReader(OtlpMapping.defaults());
    private static final int MESSAGES = 500;

    /** Attributes of a resource that name no endpoint of its spans. */
    private static final Set<String> WITHOUT_ENDPOINTS =
            Set.of("", "error", "error.type", "service.name", "process.executable.name", "otel.scope.name", "k");

    @Test
    void messages_atRandom_comeBackAsTheSameSpans() {
        RandomMessages messages = new RandomMessages(21);
        int spans = 0;
        for (int i = 0; i < MESSAGES; i++) {
            List<zipkin2.Span> first = read(ofTexts(messages.next())).spans();
            assertThat(again(first))
                    .as("spans of message %s", i)
                    .containsExactlyInAnyOrderElementsOf(
                            first.stream().map(OtlpRoundTripTest::expected).toList());
            spans += first.size();
        }
        assertThat(spans).isGreaterThan(MESSAGES);
    }

    /** Values become texts, which may name an endpoint: so the second time counts. */
    @Test
    void messages_ofAnyValues_changeNoMoreAfterTheFirstTime() {
        RandomMessages messages = new RandomMessages(22);
        for (int i = 0; i < MESSAGES; i++) {
            List<zipkin2.Span> once = again(read(messages.next()).spans());
            assertThat(again(once)).as("spans of message %s", i).containsExactlyInAnyOrderElementsOf(once);
        }
    }

    @Test
    void zipkinsTestObjects_comeBack_withAttributesForTheirEndpoints() {
        assertThat(again(List.of(TestObjects.CLIENT_SPAN)))
                .containsExactly(expected(TestObjects.CLIENT_SPAN).toBuilder()
                        .putTag("network.local.address", "127.0.0.1")
                        .putTag("network.peer.address", "192.168.99.101")
                        .putTag("network.peer.port", "9000")
                        .putTag("peer.service", "backend")
                        .build());
        List<zipkin2.Span> spans = new ArrayList<>(TestObjects.TRACE);
        spans.addAll(Arrays.asList(TestObjects.LOTS_OF_SPANS).subList(0, 1_000));
        List<zipkin2.Span> back = again(spans);
        assertThat(back.stream().map(OtlpRoundTripTest::withoutAddedTags))
                .containsExactlyInAnyOrderElementsOf(spans.stream()
                        .map(OtlpRoundTripTest::expected)
                        .map(OtlpRoundTripTest::withoutAddedTags)
                        .toList());
    }

    private static List<zipkin2.Span> again(List<zipkin2.Span> spans) {
        byte[] written = OtlpWriter.toProtobuf(spans);
        OtlpTraces traces = READER.readProtobuf(written, bytes -> {});
        assertThat(traces.refusal()).isEmpty();
        return traces.spans();
    }

    /** A span with what the way changes. */
    private static zipkin2.Span expected(zipkin2.Span span) {
        zipkin2.Span.Builder expected = span.toBuilder().debug(null).shared(null);
        if (span.timestampAsLong() == 0) {
            expected.duration(null);
        } else if (span.durationAsLong() == 0) {
            expected.duration(1L);
        }
        if (span.localServiceName() == null) {
            expected.localEndpoint(
                    Endpoint.newBuilder().serviceName("unknown_service").build());
        }
        String error = span.tags().get("error");
        if (error != null && !"OK".equals(span.tags().get("otel.status_code"))) {
            expected.putTag("otel.status_code", "ERROR");
            boolean isFlag = error.equals("true") || error.equals("false");
            if (isFlag) {
                expected.putTag("error", span.tags().getOrDefault("error.type", ""));
            }
        }
        return expected.build();
    }

    private static zipkin2.Span withoutAddedTags(zipkin2.Span span) {
        zipkin2.Span.Builder without = span.toBuilder().clearTags();
        span.tags().forEach((name, value) -> {
            if (!name.startsWith("network.") && !name.equals("peer.service")) {
                without.putTag(name, value);
            }
        });
        return without.build();
    }

    /**
     * The message with texts as the attributes of spans, and with no attributes of resources and
     * scopes that have a meaning only in spans.
     */
    private static ExportTraceServiceRequest ofTexts(ExportTraceServiceRequest message) {
        ExportTraceServiceRequest.Builder texts = message.toBuilder();
        for (ResourceSpans.Builder resource : texts.getResourceSpansBuilderList()) {
            List<KeyValue> attributes = named(resource.getResource().getAttributesList());
            resource.getResourceBuilder().clearAttributes().addAllAttributes(attributes);
            for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
                List<KeyValue> ofScope = named(scope.getScope().getAttributesList());
                scope.getScopeBuilder().clearAttributes().addAllAttributes(ofScope);
                for (Span.Builder span : scope.getSpansBuilderList()) {
                    List<KeyValue> ofSpan = span.getAttributesList().stream()
                            .map(attribute -> attribute(attribute.getKey(), textOf(attribute.getValue())))
                            .toList();
                    span.clearAttributes().addAllAttributes(ofSpan);
                }
            }
        }
        return texts.build();
    }

    private static List<KeyValue> named(List<KeyValue> attributes) {
        return attributes.stream()
                .filter(attribute -> WITHOUT_ENDPOINTS.contains(attribute.getKey()))
                .toList();
    }

    private static String textOf(AnyValue value) {
        byte[] message = OtlpMessages.request(span().addAttributes(attribute("text", value)))
                .toByteArray();
        return OtlpMessages.only(READER.readProtobuf(message, bytes -> {}))
                .tags()
                .getOrDefault("text", "");
    }
}
