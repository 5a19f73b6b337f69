import java.util.ArrayList;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.pulsar.PulsarSender;

/** Zipkin's sender for Pulsar, run from its source: service URL, topic, trace id, encoding. */
final class PulsarSend {
    private PulsarSend() {}

    public static void main(String[] arguments) throws Exception {
        SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(arguments[3]);
        List<byte[]> spans = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            spans.add(encoder.encode(Span.newBuilder()
                    .traceId(arguments[2])
                    .id(i)
                    .name("sent")
                    .localEndpoint(Endpoint.newBuilder().serviceName("größe").build())
                    .timestamp(1_700_000_000_000_000L)
                    .duration(i)
                    .build()));
        }
        try (PulsarSender sender = PulsarSender.newBuilder()
                .serviceUrl(arguments[0])
                .topic(arguments[1])
                .encoding(Encoding.valueOf(encoder.encoding().name()))
                .build()) {
            sender.send(spans);
        }
    }
}
