package zipkin.ee.transport.grpc;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.GrpcSettings;

@SingleInstance
final class GrpcTransport implements Transport {
    static final String LABEL = "grpc";

    private final GrpcSettings settings;

    @Inject
    GrpcTransport(GrpcSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled();
    }

    @Override
    public String detail() {
        return settings.enabled() ? "zipkin.proto3.SpanService/Report over HTTP/2" : "set COLLECTOR_GRPC_ENABLED=true";
    }
}
