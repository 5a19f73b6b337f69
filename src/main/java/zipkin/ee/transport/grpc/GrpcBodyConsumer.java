package zipkin.ee.transport.grpc;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.config.GrpcSettings;
import zipkin.ee.http.body.BodyConsumer;
import zipkin.ee.http.body.Refusal;

/** Takes the bodies of calls of Report. */
@SingleInstance
final class GrpcBodyConsumer implements BodyConsumer {
    private final GrpcSettings settings;
    private final CollectorCounters counters;

    @Inject
    GrpcBodyConsumer(GrpcSettings settings, CollectorCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    @Override
    public boolean takes(HttpServletRequest request) {
        return settings.enabled()
                && request.getRequestURI()
                        .substring(request.getContextPath().length())
                        .equals(SpanService.REPORT);
    }

    @Override
    public void countRefused() {
        counters.of(GrpcTransport.LABEL).messageRejected();
    }

    @Override
    public byte[] refuse(Refusal refusal, HttpServletResponse response) {
        SpanService.begin(response, SpanService.status(refusal));
        return new byte[0];
    }
}
