package zipkin.ee.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Text answers of servlets and filters; resources use {@link Answers#text}. */
public final class TextAnswer {
    public static final String CONTENT_TYPE = "text/plain; charset=utf-8";

    private TextAnswer() {}

    static void write(HttpServletResponse response, int status, String text) throws IOException {
        response.getOutputStream().write(begin(response, status, text));
    }

    /** Sets the status and the headers, and returns the content that the caller has to write. */
    public static byte[] begin(HttpServletResponse response, int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        response.setContentLength(body.length);
        return body;
    }
}
