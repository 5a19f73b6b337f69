package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request with an escaped {@link RequestTarget}. */
final class EscapedRequest extends HttpServletRequestWrapper {
    private final String path;
    private final @Nullable String query;

    private EscapedRequest(HttpServletRequest request, String path, @Nullable String query) {
        super(request);
        this.path = path;
        this.query = query;
    }

    /** Returns the request itself if its target needs no escapes, as usual. */
    static HttpServletRequest of(HttpServletRequest request) throws RequestTarget.MalformedException {
        String rawPath = request.getRequestURI();
        String rawQuery = request.getQueryString();
        String path = RequestTarget.path(rawPath);
        String query = rawQuery == null ? null : RequestTarget.query(rawQuery);
        return path.equals(rawPath) && (query == null || query.equals(rawQuery))
                ? request
                : new EscapedRequest(request, path, query);
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        url.setLength(url.length() - super.getRequestURI().length());
        return url.append(path);
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }
}
