package zipkin.ee.config;

import java.util.List;

/**
 * Spans over gRPC. Messages are bounded as bodies of HTTP are.
 *
 * @param enabled whether zipkin.proto3.SpanService is there
 */
public record GrpcSettings(boolean enabled) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "COLLECTOR_GRPC_ENABLED",
            false,
            "Whether spans are taken over gRPC, zipkin.proto3.SpanService/Report, on the port of HTTP. "
                    + "Messages are bounded by COLLECTOR_HTTP_MAX_BYTES.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED);
    }

    static GrpcSettings from(SettingsReader reader) {
        return new GrpcSettings(reader.get(ENABLED));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
