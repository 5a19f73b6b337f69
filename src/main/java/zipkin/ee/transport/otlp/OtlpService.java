package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.concurrent.CompletionStage;
import zipkin.ee.budget.Account;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.grpc.GrpcBodies;
import zipkin.ee.http.grpc.GrpcReply;
import zipkin.ee.http.grpc.UnaryService;

/**
 * The Export methods of OTLP's TraceService, LogsService and MetricsService. The answer comes when
 * the spans are stored, and says how many of them were refused.
 */
@WebServlet(
        urlPatterns = {
            "/opentelemetry.proto.collector.trace.v1.TraceService/*",
            "/opentelemetry.proto.collector.logs.v1.LogsService/*",
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/*"
        },
        asyncSupported = true)
public class OtlpService extends UnaryService {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient OtlpSettings settings;

    @Inject
    private transient OtlpCollector collector;

    @Inject
    private transient OtlpGrpcBodies bodies;

    @Inject
    private transient CollectorCounters counters;

    @Override
    protected boolean isEnabled() {
        return settings.enabled();
    }

    @Override
    protected GrpcBodies bodies() {
        return bodies;
    }

    @Override
    protected CompletionStage<GrpcReply> call(String path, byte[] message, Account account) {
        return take(path, message, account)
                .thenApply(
                        taken -> GrpcReply.of(taken.outcome(), taken.response().toBytes(OtlpFormat.PROTOBUF)));
    }

    private CompletionStage<OtlpCollector.Taken> take(String path, byte[] message, Account account) {
        Signal signal = Signal.ofGrpc(path, settings);
        if (signal == Signal.TRACES) {
            return collector.traces(message, OtlpFormat.PROTOBUF, counters.of(OtlpGrpcBodies.LABEL), account, null);
        }
        if (signal == Signal.LOGS && !collector.discards(signal)) {
            return collector.logs(message, OtlpFormat.PROTOBUF, account, null);
        }
        account.close();
        return collector.discard(signal == null ? Signal.METRICS : signal);
    }
}
