package zipkin.ee.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import zipkin.ee.cdi.SingleInstance;

/**
 * Rewrites the paths of requests: the UI calls the query API below {@code /zipkin}, and reporters
 * that are configured with a trailing slash send repeated ones. Also disables what Jakarta REST
 * adds: a path with a trailing slash is another path, and OPTIONS is for preflights only.
 */
@SingleInstance
@PreMatching
public final class PathFilter implements ContainerRequestFilter {
    private static final String UI_API = "/zipkin/api/v2/";
    private static final String UI_ROOT = "/zipkin/";
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    /** Redirects of the UI, which answer all methods including OPTIONS. */
    private static final Set<String> UI_ENTRANCES = Set.of("/", "/favicon.ico", "/zipkin", UI_ROOT);

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        String sent = uri.getRequestUri().getRawPath();
        String path = SLASHES.matcher(sent).replaceAll("/");
        String method = request.getMethod();
        boolean reading = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        if ("TRACE".equals(method) || (!reading && path.startsWith(UI_ROOT) && path.length() > UI_ROOT.length())) {
            request.abortWith(Answers.status(Response.Status.METHOD_NOT_ALLOWED));
        } else if ((HttpMethod.OPTIONS.equals(method) && !UI_ENTRANCES.contains(path))
                || (path.length() > 1 && path.endsWith("/") && !path.equals(UI_ROOT))) {
            request.abortWith(Answers.status(Response.Status.NOT_FOUND));
        } else if (path.startsWith(UI_API)) {
            route(request, path.substring(UI_ROOT.length() - 1));
        } else if (!path.equals(sent)) {
            route(request, path);
        }
    }

    private static void route(ContainerRequestContext request, String path) {
        URI target =
                request.getUriInfo().getRequestUriBuilder().replacePath(path).build();
        request.setRequestUri(target);
    }
}
