package zipkin.ee.codec;

import zipkin2.codec.SpanBytesDecoder;

/**
 * How a list of spans is written. The names are those of {@link SpanBytesDecoder}: error texts
 * print them.
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

    /** {@code reason} in the form in which zipkin2 says why it refuses a list. */
    String refusal(String reason) {
        return reason + " reading List<Span> from " + format;
    }
}
