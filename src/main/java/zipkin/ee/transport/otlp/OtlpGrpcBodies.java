package zipkin.ee.transport.otlp;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.PlainTransport;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.grpc.GrpcBodies;

/** Takes the bodies of calls of OTLP's Export methods. */
@SingleInstance
final class OtlpGrpcBodies implements GrpcBodies {
    static final String LABEL = "otlp/grpc";

    private final OtlpSettings settings;
    private final CollectorCounters counters;

    @Inject
    OtlpGrpcBodies(OtlpSettings settings, CollectorCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    @Produces
    @Singleton
    static Transport transport(OtlpSettings settings) {
        boolean enabled = settings.enabled();
        return new PlainTransport(LABEL, enabled, enabled ? "TraceService/Export over HTTP/2" : settings.offBy());
    }

    @Override
    public boolean takes(String path) {
        return settings.enabled() && Signal.ofGrpc(path, settings) != null;
    }

    @Override
    public void countRefused(String path) {
        if (Signal.ofGrpc(path, settings) == Signal.TRACES) {
            counters.of(LABEL).messageRejected();
        }
    }
}
