package zipkin.ee.ui;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Pattern;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.UiSettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.answer.AnswerRoom;

/**
 * {@code /zipkin} and everything below it except the API, which is rewritten to {@code /api} before
 * resources are matched. One pattern matches all paths, with and without a slash at the end: the
 * two differ here, and Jakarta REST does not distinguish them.
 */
@Path("/zipkin{below: (?:/.*)?}")
@SingleInstance
public class LensResource extends AnyMethodResource {
    private static final String ROOT = "/zipkin";
    private static final Pattern MATRIX = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    @Inject
    UiSettings settings;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest request;

    /** Created only when the UI is enabled. */
    @Inject
    Instance<Lens> lens;

    @Override
    Response read(UriInfo uri, HttpHeaders headers) {
        String path = pathOf(uri);
        if (!settings.enabled()) {
            return Answers.status(Response.Status.NOT_FOUND);
        }
        if (path.equals(ROOT)) {
            return UiRedirect.to("zipkin/", uri);
        }
        Lens content = lens.get();
        Asset asset = content.find(path.substring(ROOT.length()));
        if (asset == null) {
            return Answers.status(Response.Status.NOT_FOUND);
        }
        AnswerRoom.of(request).share();
        return UiAnswers.asset(asset, content.lastModified(), settings.frameAncestors(), headers);
    }

    @Override
    Response change(UriInfo uri) {
        if (!settings.enabled()) {
            return Answers.status(Response.Status.NOT_FOUND);
        }
        return pathOf(uri).equals(ROOT)
                ? UiRedirect.to("zipkin/", uri)
                : Answers.status(Response.Status.METHOD_NOT_ALLOWED);
    }

    /**
     * The decoded path below the context root, starting with one slash and without matrix
     * parameters. Implementations differ in whether they include that slash. Decoding is harmless
     * because the path is only compared, never opened.
     */
    private static String pathOf(UriInfo uri) {
        return SLASHES.matcher("/" + MATRIX.matcher(uri.getPath()).replaceAll(""))
                .replaceAll("/");
    }
}
