package zipkin.ee.transport.grpc;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.PlainTransport;
import zipkin.ee.collect.Transport;
import zipkin.ee.http.grpc.GrpcBodies;

/** Takes the bodies of calls of Report. */
@SingleInstance
final class GrpcBodyConsumer implements GrpcBodies {
    static final String LABEL = "grpc";

    private final GrpcSettings settings;
    private final CollectorCounters counters;

    @Inject
    GrpcBodyConsumer(GrpcSettings settings, CollectorCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    @Produces
    @Singleton
    static Transport transport(GrpcSettings settings) {
        String detail =
                settings.enabled() ? "zipkin.proto3.SpanService/Report over HTTP/2" : "set COLLECTOR_GRPC_ENABLED=true";
        return new PlainTransport(LABEL, settings.enabled(), detail);
    }

    @Override
    public boolean takes(String path) {
        return settings.enabled() && path.equals(SpanService.REPORT);
    }

    @Override
    public void countRefused(String path) {
        counters.of(LABEL).messageRejected();
    }
}
