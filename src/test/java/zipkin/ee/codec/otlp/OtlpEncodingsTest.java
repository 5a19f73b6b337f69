package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.read;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.junit.jupiter.api.Test;

/** What protobuf-java writes is read alike in protobuf and in JSON. */
class OtlpEncodingsTest {
    private static final int MESSAGES = 5_000;

    @Test
    void messages_atRandom_areTheSameInBothEncodings() {
        RandomMessages messages = new RandomMessages(1);
        int spans = 0;
        long refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            ExportTraceServiceRequest request = messages.next();
            OtlpTraces traces = read(request);
            assertThat(traces.spans().size() + traces.refused())
                    .as("spans of message %s", i)
                    .isEqualTo(request.getResourceSpansList().stream()
                            .flatMap(resource -> resource.getScopeSpansList().stream())
                            .mapToInt(scope -> scope.getSpansCount())
                            .sum());
            spans += traces.spans().size();
            refused += traces.refused();
        }
        assertThat(spans).isGreaterThan(MESSAGES);
        assertThat(refused).isPositive();
    }
}
