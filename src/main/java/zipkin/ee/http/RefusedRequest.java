package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The status and text, one line, that answer a request which is refused before its body is read.
 * The connection is closed then, since it may be unknown where such a request ends.
 */
public record RefusedRequest(int status, String text) {
    private static final String ATTRIBUTE = RefusedRequest.class.getName();

    static RefusedRequest malformed(String text) {
        return new RefusedRequest(400, text);
    }

    /** Leaves the answer to the filter that receives bodies, because a body follows. */
    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The refusal attached to a request, or null. */
    public static @Nullable RefusedRequest of(HttpServletRequest request) {
        return (RefusedRequest) request.getAttribute(ATTRIBUTE);
    }
}
