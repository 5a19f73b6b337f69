package zipkin.ee.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers errors that the container detects itself, such as malformed headers, as text instead of
 * an HTML page. web.xml has the container forward errors to it.
 */
@WebServlet(
        urlPatterns = {ErrorServlet.PATH, ErrorServlet.MALFORMED},
        asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    static final String PATH = "/error-as-text";

    /** server-config/wildfly/zipkin.cli forwards requests to it whose target is not a path. */
    static final String MALFORMED = "/malformed-target";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), request);
        response.setHeader(CorsPolicy.NO_SNIFFING, "nosniff");
        TextAnswer.write(response, status, text(status));
    }

    /** A status with its name, such as {@code 404 Not Found}. */
    public static String text(int status) {
        Response.StatusType type = Response.Status.fromStatusCode(status);
        return type == null ? Integer.toString(status) : status + " " + type.getReasonPhrase();
    }

    /** The status of the error; 404 if a client requests this path itself. */
    private static int status(@Nullable Object errorStatus, HttpServletRequest request) {
        if (errorStatus instanceof Integer status) {
            return status;
        }
        return request.getServletPath().equals(MALFORMED)
                ? HttpServletResponse.SC_BAD_REQUEST
                : HttpServletResponse.SC_NOT_FOUND;
    }
}
