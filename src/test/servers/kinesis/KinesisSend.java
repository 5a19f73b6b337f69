import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import java.util.List;
import zipkin2.reporter.kinesis.KinesisSender;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.Encoding;
import zipkin2.codec.SpanBytesEncoder;

/** Zipkin's sender for Kinesis, run from its source: endpoint, stream, trace id, encoding. */
final class KinesisSend {
    private KinesisSend() {}

    public static void main(String[] arguments) throws Exception {
        // which Kinesalite does not speak
        System.setProperty("com.amazonaws.sdk.disableCbor", "true");
        SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(arguments[3]);
        KinesisSender sender = KinesisSender.newBuilder()
                .streamName(arguments[1])
                .endpointConfiguration(new EndpointConfiguration(arguments[0], "us-east-1"))
                .credentialsProvider(new AWSStaticCredentialsProvider(new BasicAWSCredentials("x", "x")))
                .encoding(Encoding.valueOf(encoder.encoding().name()))
                .build();
        byte[][] spans = new byte[5][];
        for (int i = 1; i <= spans.length; i++) {
            spans[i - 1] = encoder.encode(Span.newBuilder()
                    .traceId(arguments[2])
                    .id(i)
                    .name("sent")
                    .localEndpoint(Endpoint.newBuilder().serviceName("größe").build())
                    .timestamp(1_700_000_000_000_000L)
                    .duration(i)
                    .build());
        }
        sender.sendSpans(List.of(spans)).execute();
        sender.close();
    }
}
