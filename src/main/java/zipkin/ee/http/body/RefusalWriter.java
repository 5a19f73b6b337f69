package zipkin.ee.http.body;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.CorsPolicy;
import zipkin.ee.http.RefusedRequest;
import zipkin.ee.http.answer.Answer;

/**
 * Answers a request whose body has not arrived completely, and closes the connection. Jakarta REST
 * cannot do that, because it would complete the request with the answer.
 */
@SingleInstance
class RefusalWriter {
    private final HttpIntakeSettings settings;
    private final CorsPolicy cors;

    @Inject
    RefusalWriter(HttpIntakeSettings settings, CorsPolicy cors) {
        this.settings = settings;
        this.cors = cors;
    }

    /**
     * Sends the answer without completing the request.
     *
     * @param whenWritten called once when the answer is sent
     * @param whenBroken called instead if it cannot be sent
     */
    void write(
            AsyncContext async,
            ReceivedBody.State state,
            @Nullable BodyConsumer consumer,
            Runnable whenWritten,
            Runnable whenBroken) {
        HttpServletRequest request = (HttpServletRequest) async.getRequest();
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        RefusedRequest refused = RefusedRequest.of(request);
        Refusal refusal = refused == null
                ? Refusal.of(state, settings.maxBodyBytes())
                : new Refusal(refused.status(), refused.text(), false);
        byte[] content;
        if (consumer != null) {
            consumer.countRefused(request);
        }
        if (consumer == null || refused != null) {
            content = BodyConsumer.textOf(refusal, response);
        } else {
            content = consumer.refuse(request, refusal, response);
        }
        response.setHeader("Connection", "close");
        cors.allow(request, response);
        try {
            response.getOutputStream().write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Collected, not sent", e);
        }
        Answer.of(request).begin(whenWritten, whenBroken);
    }
}
