package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.body.BodyConsumer;
import zipkin.ee.http.body.Refusal;

/** Takes the bodies of POST /v1/traces, and of the signals that are discarded. */
@SingleInstance
final class OtlpBodyConsumer implements BodyConsumer {
    private static final int LATE = 408;

    private final OtlpSettings settings;
    private final CollectorCounters counters;

    @Inject
    OtlpBodyConsumer(OtlpSettings settings, CollectorCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    @Override
    public boolean takes(HttpServletRequest request) {
        return settings.enabled() && signal(request) != null;
    }

    private @Nullable Signal signal(HttpServletRequest request) {
        return Signal.of(
                request.getRequestURI().substring(request.getContextPath().length()), settings);
    }

    @Override
    public void countRefused(HttpServletRequest request) {
        if (signal(request) == Signal.TRACES) {
            counters.of(OtlpTransport.LABEL).messageRejected();
        }
    }

    @Override
    public byte[] refuse(HttpServletRequest request, Refusal refusal, HttpServletResponse response) {
        OtlpFormat format = OtlpFormat.ofAnswer(request.getContentType());
        boolean late = refusal.status() == LATE;
        RpcStatus status = late ? RpcStatus.late(refusal.text()) : RpcStatus.of(refusal.status(), refusal.text());
        byte[] body = status.toBytes(format);
        if (late || refusal.retryable()) {
            response.setIntHeader("Retry-After", Answers.RETRY_AFTER_SECONDS);
        }
        // After a 408, clients of OTLP drop their spans.
        response.setStatus(late ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : refusal.status());
        response.setContentType(format.mediaType());
        response.setContentLength(body.length);
        return body;
    }
}
