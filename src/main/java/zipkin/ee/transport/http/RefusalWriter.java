package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.CorsPolicy;

/**
 * Answers a request whose body is still on its way, and asks the client to close the connection. Not by Jakarta REST, which
 * would end the request with its answer.
 */
@SingleInstance
class RefusalWriter {
    private static final Logger LOGGER = System.getLogger(RefusalWriter.class.getName());

    private final HttpIntakeSettings settings;
    private final CollectorCounters counters;
    private final CorsPolicy cors;

    @Inject
    RefusalWriter(HttpIntakeSettings settings, CollectorCounters counters, CorsPolicy cors) {
        this.settings = settings;
        this.counters = counters;
        this.cors = cors;
    }

    /** Writes the whole answer, without ending the request. May block. */
    void write(AsyncContext async, ReceivedBody.State state, boolean intake) {
        if (intake) {
            TransportCounters http = counters.of(HttpTransport.LABEL);
            http.messageReceived();
            http.messageDropped();
        }
        HttpServletRequest request = (HttpServletRequest) async.getRequest();
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        Refusal refusal = Refusal.of(state, settings.maxBodyBytes());
        byte[] text = refusal.text().getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status());
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.length);
        response.setHeader("Connection", "close");
        if (refusal.retryable()) {
            response.setIntHeader("Retry-After", Answers.RETRY_AFTER_SECONDS);
        }
        String allowedOrigin = cors.allowedOrigin(request.getHeader("Origin"));
        if (allowedOrigin != null) {
            response.setHeader(CorsPolicy.ALLOW_ORIGIN, allowedOrigin);
        }
        try {
            response.getOutputStream().write(text);
            response.flushBuffer();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "A client left before it was told that its body is refused", e);
        }
    }
}
