package zipkin.ee.transport.otlp;

import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.otlp.OtlpLogs;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.codec.otlp.OtlpTraces;

/** The two encodings of OTLP/HTTP. An answer has that of its request. */
enum OtlpFormat {
    PROTOBUF("application/x-protobuf") {
        @Override
        OtlpTraces readTraces(OtlpReader reader, byte[] body, LongConsumer room) {
            return reader.readProtobuf(body, room);
        }

        @Override
        OtlpLogs readLogs(OtlpReader reader, byte[] body) {
            return reader.readLogsProtobuf(body);
        }
    },
    JSON("application/json") {
        @Override
        OtlpTraces readTraces(OtlpReader reader, byte[] body, LongConsumer room) {
            return reader.readJson(body, room);
        }

        @Override
        OtlpLogs readLogs(OtlpReader reader, byte[] body) {
            return reader.readLogsJson(body);
        }
    };

    private final String mediaType;

    OtlpFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract OtlpTraces readTraces(OtlpReader reader, byte[] body, LongConsumer room);

    abstract OtlpLogs readLogs(OtlpReader reader, byte[] body);

    /** The Content-Type of answers. */
    String mediaType() {
        return mediaType;
    }

    /** The format of a Content-Type, whatever its case and parameters; null for other types. */
    static @Nullable OtlpFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return switch (type.trim().toLowerCase(Locale.ROOT)) {
            case "application/x-protobuf", "application/protobuf", "application/vnd.google.protobuf" -> PROTOBUF;
            case "application/json" -> JSON;
            default -> null;
        };
    }

    /** The format of the answer to a request with this Content-Type. */
    static OtlpFormat ofAnswer(@Nullable String contentType) {
        return of(contentType) == PROTOBUF ? PROTOBUF : JSON;
    }
}
