package zipkin.ee.transport.grpc;

import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans over gRPC. The limits of HTTP bodies apply to its messages.
 *
 * @param enabled whether zipkin.proto3.SpanService exists
 */
public record GrpcSettings(boolean enabled) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_GRPC_ENABLED",
            false,
            "Whether spans are accepted over gRPC, zipkin.proto3.SpanService/Report, on the HTTP port. "
                    + "COLLECTOR_HTTP_MAX_BYTES limits its messages.");

    public static GrpcSettings from(SettingsReader reader) {
        return new GrpcSettings(reader.get(ENABLED));
    }
}
