package zipkin.ee.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.client.ForwardingPath;

/**
 * Sets the headers of all answers, refuses requests that violate HTTP and spans that this server
 * has forwarded, and escapes invalid characters in request targets. Mapped in web.xml, because
 * annotated filters have no defined order.
 */
public class EdgeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final RefusedRequest LOOP = new RefusedRequest(
            508, "This server has forwarded these spans itself. Servers that forward spans must not form a loop.");

    @Inject
    private transient CorsPolicy cors;

    @Inject
    private transient ForwardingPath forwarding;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        cors.begin(request, response);
        RefusedRequest refused = RequestFraming.problem(request);
        HttpServletRequest escaped = request;
        try {
            escaped = EscapedRequest.of(request);
        } catch (RequestTarget.MalformedException e) {
            refused = refused == null ? RefusedRequest.malformed(String.valueOf(e.getMessage())) : refused;
        }
        if (refused == null && forwarding.isLoop(request.getHeader(ForwardingPath.HEADER))) {
            refused = LOOP;
        }
        if (refused == null) {
            chain.doFilter(escaped, response);
        } else {
            refuse(refused, request, response, chain);
        }
    }

    private static void refuse(
            RefusedRequest refused, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (announcesBody(request)) {
            refused.attachTo(request);
            chain.doFilter(request, response);
        } else {
            response.setHeader("Connection", "close");
            TextAnswer.write(response, refused.status(), refused.text());
        }
    }

    private static boolean announcesBody(HttpServletRequest request) {
        @Nullable String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }
}
