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
 * Gives the query API its second home below {@code /zipkin}, where the UI looks for it, and takes
 * back what Jakarta REST would add: a trailing slash is another path, and OPTIONS is answered to
 * browsers' preflights only. Repeated slashes count as one: reporters are configured with a base
 * address that ends in one.
 */
@SingleInstance
@PreMatching
public final class PathFilter implements ContainerRequestFilter {
    private static final String UI_API = "/zipkin/api/v2/";
    private static final String UI_ROOT = "/zipkin/";
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    /** The UI answers OPTIONS on these itself: its redirects know no methods. */
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
