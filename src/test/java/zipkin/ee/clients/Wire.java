package zipkin.ee.clients;

import zipkin2.reporter.Encoding;
import zipkin2.reporter.SpanBytesEncoder;

/** What zipkin-reporter can put on the wire, and the path that takes it. */
enum Wire {
    JSON_V2("/api/v2/spans", Encoding.JSON, SpanBytesEncoder.JSON_V2),
    PROTO3("/api/v2/spans", Encoding.PROTO3, SpanBytesEncoder.PROTO3),
    JSON_V1("/api/v1/spans", Encoding.JSON, SpanBytesEncoder.JSON_V1),
    @SuppressWarnings("deprecation") // tracers of old send it still
    THRIFT("/api/v1/spans", Encoding.THRIFT, SpanBytesEncoder.THRIFT);

    final String path;
    final Encoding encoding;
    final SpanBytesEncoder encoder;

    Wire(String path, Encoding encoding, SpanBytesEncoder encoder) {
        this.path = path;
        this.encoding = encoding;
        this.encoder = encoder;
    }
}
