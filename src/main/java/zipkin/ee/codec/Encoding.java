package zipkin.ee.codec;

import zipkin2.codec.SpanBytesDecoder;

/**
 * The encoding of a list of spans. Error texts show the names, those of {@link SpanBytesDecoder}.
 */
public enum Encoding {
    JSON_V1(SpanBytesDecoder.JSON_V1, "json"),
    JSON_V2(SpanBytesDecoder.JSON_V2, "json"),
    THRIFT(SpanBytesDecoder.THRIFT, "TBinary"),
    PROTO3(SpanBytesDecoder.PROTO3, "proto3");

    private final SpanBytesDecoder decoder;
    private final String format;

    Encoding(SpanBytesDecoder decoder, String format) {
        this.decoder = decoder;
        this.format = format;
    }

    SpanBytesDecoder decoder() {
        return decoder;
    }

    /** Returns an error text in the form of zipkin2. */
    String refusal(String reason) {
        return reason + " reading List<Span> from " + format;
    }
}
