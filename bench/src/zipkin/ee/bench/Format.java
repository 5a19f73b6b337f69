package zipkin.ee.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * An encoding that a tracer sends over HTTP: where it goes, and how ids and times look in its
 * bytes.
 */
enum Format {
    JSON_V2("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2),
    PROTO3("/api/v2/spans", "application/x-protobuf", SpanBytesEncoder.PROTO3),
    THRIFT("/api/v1/spans", "application/x-thrift", SpanBytesEncoder.THRIFT),
    OTLP("/v1/traces", "application/x-protobuf", null),
    /** The spans that a server makes of {@link #OTLP}. */
    OTLP_AS_PROTO3("/api/v2/spans", "application/x-protobuf", SpanBytesEncoder.PROTO3),
    OTLP_AS_JSON_V2("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2);

    private static final int MICROS_DIGITS = 16;
    private static final long NANOS = 1_000;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    final String path;
    final String contentType;
    /** Null for OTLP. */
    private final @Nullable SpanBytesEncoder encoder;

    Format(String path, String contentType, @Nullable SpanBytesEncoder encoder) {
        this.path = path;
        this.contentType = contentType;
        this.encoder = encoder;
    }

    byte[] encode(List<Span> spans) {
        List<Span> complete = name().startsWith(OTLP.name()) ? Otlp.complete(spans) : spans;
        return encoder == null ? Otlp.encode(complete) : encoder.encodeList(complete);
    }

    /** What the reference gets instead: it has no OTLP. */
    Format ofReference() {
        return this == OTLP ? OTLP_AS_JSON_V2 : this;
    }

    private boolean isJson() {
        return this == JSON_V2 || this == OTLP_AS_JSON_V2;
    }

    /** Bytes that 64 bits of a trace id take. */
    int idLength() {
        return isJson() ? 16 : 8;
    }

    /**
     * Bytes that an epoch time in microseconds takes: digits in JSON, eight bytes in the binary
     * formats.
     */
    int timeLength() {
        return isJson() ? MICROS_DIGITS : 8;
    }

    void putId(byte[] bytes, int offset, long id) {
        if (isJson()) {
            for (int i = 0; i < 16; i++) {
                bytes[offset + i] = HEX[(int) (id >>> (60 - 4 * i)) & 0xf];
            }
        } else {
            putBigEndian(bytes, offset, id);
        }
    }

    void putTime(byte[] bytes, int offset, long micros) {
        switch (this) {
            case JSON_V2, OTLP_AS_JSON_V2 -> putDigits(bytes, offset, micros);
            case OTLP -> putBigEndian(bytes, offset, Long.reverseBytes(micros * NANOS));
            case PROTO3, OTLP_AS_PROTO3 -> putBigEndian(bytes, offset, Long.reverseBytes(micros));
            case THRIFT -> putBigEndian(bytes, offset, micros);
        }
    }

    /** The time at {@code offset} in microseconds, or -1 when the bytes there are no number. */
    long time(byte[] bytes, int offset) {
        return switch (this) {
            case JSON_V2, OTLP_AS_JSON_V2 -> digits(bytes, offset);
            case OTLP -> Long.reverseBytes(bigEndian(bytes, offset)) / NANOS;
            case PROTO3, OTLP_AS_PROTO3 -> Long.reverseBytes(bigEndian(bytes, offset));
            case THRIFT -> bigEndian(bytes, offset);
        };
    }

    private static void putBigEndian(byte[] bytes, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long bigEndian(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    private static void putDigits(byte[] bytes, int offset, long value) {
        long rest = value;
        for (int i = MICROS_DIGITS - 1; i >= 0; i--) {
            bytes[offset + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static long digits(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < MICROS_DIGITS; i++) {
            int digit = bytes[offset + i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
