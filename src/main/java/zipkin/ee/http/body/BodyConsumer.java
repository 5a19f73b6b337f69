package zipkin.ee.http.body;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import zipkin.ee.http.Answers;

/** A transport that takes bodies. A bean each. */
public interface BodyConsumer {
    /** Whether {@link ReceivedBody#of} will be asked for the body of this request. */
    boolean takes(HttpServletRequest request);

    /**
     * Counts a body that is answered while the rest of it is still to come, and so never gets to
     * the transport.
     */
    void countRefused();

    /**
     * Begins the answer to such a body.
     *
     * @return its content
     */
    default byte[] refuse(Refusal refusal, HttpServletResponse response) {
        return textOf(refusal, response);
    }

    /** The same as a status and a text for people. */
    static byte[] textOf(Refusal refusal, HttpServletResponse response) {
        response.setStatus(refusal.status());
        response.setContentType("text/plain; charset=utf-8");
        if (refusal.retryable()) {
            response.setIntHeader("Retry-After", Answers.RETRY_AFTER_SECONDS);
        }
        byte[] text = refusal.text().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(text.length);
        return text;
    }
}
