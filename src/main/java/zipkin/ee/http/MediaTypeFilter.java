package zipkin.ee.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides headers from Jakarta REST that make it refuse requests with an HTML page: Accept, since
 * Zipkin has one representation of everything; a Content-Type that is not a media type, since
 * Zipkin reads such a body as JSON; and cookies, whose number application servers limit.
 */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class MediaTypeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Request(request), response);
    }

    private static final class Request extends HttpServletRequestWrapper {
        /** Type and subtype, then parameters (RFC 9110, 8.3.1). */
        private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*[^\\s;/,]+/[^\\s;/,]+\\s*(;[^,]*)?");

        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isHidden(name))
                    .toList());
        }

        @Override
        public @Nullable String getContentType() {
            return isHidden("Content-Type") ? null : super.getContentType();
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            return null;
        }

        private boolean isHidden(String name) {
            if (name.equalsIgnoreCase("Content-Type")) {
                String type = super.getHeader(name);
                return type != null && !MEDIA_TYPE.matcher(type).matches();
            }
            return name.equalsIgnoreCase("Accept");
        }
    }
}
