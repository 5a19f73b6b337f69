package zipkin.ee.transport.grpc;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.concurrent.CompletionStage;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.http.grpc.GrpcBodies;
import zipkin.ee.http.grpc.GrpcReply;
import zipkin.ee.http.grpc.UnaryService;

/**
 * {@code zipkin.proto3.SpanService} of zipkin.proto: Report takes a ListOfSpans and answers with an
 * empty message once the spans are stored.
 */
@WebServlet(urlPatterns = "/zipkin.proto3.SpanService/*", asyncSupported = true)
public class SpanService extends UnaryService {
    private static final long serialVersionUID = 1L;

    private static final byte[] NOTHING = {};

    static final String REPORT = "/zipkin.proto3.SpanService/Report";

    @Inject
    private transient GrpcSettings settings;

    @Inject
    private transient Collector collector;

    @Inject
    private transient GrpcBodyConsumer bodies;

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
        return collector
                .accept(Delivery.encoded(message, Encoding.PROTO3, counters.of(GrpcBodyConsumer.LABEL))
                        .with(false, account))
                .thenApply(outcome -> GrpcReply.of(outcome, NOTHING));
    }
}
