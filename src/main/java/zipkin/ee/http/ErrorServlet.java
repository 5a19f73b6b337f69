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
 * Writes, as text, errors that the container finds before a resource is asked, such as a header
 * that can't be parsed. The container forwards to it by web.xml; without it clients would get an
 * HTML page.
 */
@WebServlet(
        urlPatterns = {ErrorServlet.PATH, ErrorServlet.MALFORMED},
        asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    static final String PATH = "/error-as-text";

    /**
     * Where server-config/wildfly/zipkin.cli sends requests whose target is not a path, which no
     * servlet would be found for.
     */
    static final String MALFORMED = "/malformed-target";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), request);
        response.setHeader(CorsPolicy.NO_SNIFFING, "nosniff");
        TextAnswer.write(response, status, text(status));
    }

    /** A status with its own name, as in {@code 404 Not Found}. */
    public static String text(int status) {
        Response.StatusType type = Response.Status.fromStatusCode(status);
        return type == null ? Integer.toString(status) : status + " " + type.getReasonPhrase();
    }

    /** A client that asks for this path itself has found nothing. */
    private static int status(@Nullable Object errorStatus, HttpServletRequest request) {
        if (errorStatus instanceof Integer status) {
            return status;
        }
        return request.getServletPath().equals(MALFORMED)
                ? HttpServletResponse.SC_BAD_REQUEST
                : HttpServletResponse.SC_NOT_FOUND;
    }
}
