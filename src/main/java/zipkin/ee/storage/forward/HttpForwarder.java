package zipkin.ee.storage.forward;

import java.util.List;
import java.util.Map;
import zipkin.ee.http.client.ForwardingPath;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Posts spans to another Zipkin server, compressed. */
final class HttpForwarder extends PostingForwarder {
    private final SpanBytesEncoder encoder;

    HttpForwarder(HttpForwarderSettings settings, ForwardingPath path) {
        super(
                "http-forwarder",
                new Target(
                        settings.endpoint(),
                        Map.of("Content-Type", settings.proto3() ? "application/x-protobuf" : "application/json"),
                        true,
                        settings.timeout(),
                        Integer.MAX_VALUE),
                path);
        this.encoder = settings.proto3() ? SpanBytesEncoder.PROTO3 : SpanBytesEncoder.JSON_V2;
    }

    @Override
    byte[] encode(List<Span> spans) {
        return encoder.encodeList(spans);
    }
}
