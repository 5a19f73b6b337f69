package zipkin.ee.http.body;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import zipkin.ee.http.Answers;
import zipkin.ee.http.TextAnswer;

/** Takes the bodies of some requests. Each transport over HTTP has a bean of this type. */
public interface BodyConsumer {
    /**
     * Whether the body of this request is for this consumer, which gets it by {@link
     * ReceivedBody#of}.
     */
    boolean takes(HttpServletRequest request);

    /** Counts a body that is refused before it has arrived, and so never gets to the consumer. */
    void countRefused(HttpServletRequest request);

    /** Sets status and headers of the answer to such a body, and returns the content. */
    default byte[] refuse(HttpServletRequest request, Refusal refusal, HttpServletResponse response) {
        return textOf(refusal, response);
    }

    /** Implements {@link #refuse} with a text. */
    static byte[] textOf(Refusal refusal, HttpServletResponse response) {
        if (refusal.retryable()) {
            response.setIntHeader("Retry-After", Answers.RETRY_AFTER_SECONDS);
        }
        return TextAnswer.begin(response, refusal.status(), refusal.text());
    }
}
