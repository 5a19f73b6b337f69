package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused before anything reads it: the answer's status and its text, one line. It
 * closes the connection, since nobody knows where such a request ends.
 */
public record RefusedRequest(int status, String text) {
    private static final String ATTRIBUTE = RefusedRequest.class.getName();

    static RefusedRequest malformed(String text) {
        return new RefusedRequest(400, text);
    }

    /** Leaves it to the filter that receives bodies to answer, because a body follows. */
    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The refusal that is attached to a request, or null. */
    public static @Nullable RefusedRequest of(HttpServletRequest request) {
        return (RefusedRequest) request.getAttribute(ATTRIBUTE);
    }
}
