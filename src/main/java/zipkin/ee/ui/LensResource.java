package zipkin.ee.ui;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import zipkin.ee.config.UiSettings;

/**
 * {@code /zipkin} and everything below it, but the API, which is rewritten to {@code /api} before resources are matched. One
 * pattern takes all paths, with and without a slash at the end: the two differ here, and Jakarta REST does not tell them apart.
 */
@Path("/zipkin{below: (?:/.*)?}")
@Dependent
public class LensResource extends AnyMethodResource {
    private static final String ROOT = "/zipkin";

    private final UiSettings settings;
    private final Instance<Lens> lens;

    /**
     * @param lens asked only when the UI is enabled
     */
    @Inject
    LensResource(UiSettings settings, Instance<Lens> lens) {
        this.settings = settings;
        this.lens = lens;
    }

    @Override
    Response read(UriInfo uri, HttpHeaders headers) {
        String path = pathOf(uri);
        if (!settings.enabled()) {
            return UiAnswers.notFound();
        }
        if (path.equals(ROOT)) {
            return UiRedirect.to("zipkin/", uri);
        }
        Lens content = lens.get();
        Asset asset = content.find(path.substring(ROOT.length()));
        return asset == null ? UiAnswers.notFound() : UiAnswers.asset(asset, content.lastModified(), headers);
    }

    @Override
    Response change(UriInfo uri) {
        if (!settings.enabled()) {
            return UiAnswers.notFound();
        }
        return pathOf(uri).equals(ROOT) ? UiRedirect.to("zipkin/", uri) : UiAnswers.methodNotAllowed();
    }

    /** The path below the context root, beginning with one slash; implementations differ in whether they give that slash. */
    private static String pathOf(UriInfo uri) {
        return ("/" + uri.getPath(false)).replaceAll("/{2,}", "/");
    }
}
