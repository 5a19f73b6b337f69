package zipkin.ee.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes, as text, errors that the container finds before a resource is asked, such as a header that can't be parsed. The
 * container forwards to it by web.xml; without it clients would get an HTML page.
 */
@WebServlet(urlPatterns = ErrorServlet.PATH, asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    static final String PATH = "/error-as-text";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        Response.StatusType type = Response.Status.fromStatusCode(status);
        String text = type == null ? Integer.toString(status) : status + " " + type.getReasonPhrase();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A client that asks for this path itself has found nothing. */
    private static int status(@Nullable Object errorStatus) {
        return errorStatus instanceof Integer status ? status : HttpServletResponse.SC_NOT_FOUND;
    }
}
