package zipkin.ee.ui;

import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.UiSettings;
import zipkin.ee.http.Answers;

/** Redirects {@code /favicon.ico}, which browsers request for every page. */
@Path("/favicon.ico")
@SingleInstance
public class FaviconRedirectResource extends AnyMethodResource {
    @Inject
    UiSettings settings;

    @Override
    Response read(UriInfo uri, HttpHeaders headers) {
        return change(uri);
    }

    @Override
    Response change(UriInfo uri) {
        return settings.enabled()
                ? UiRedirect.to("zipkin/favicon.ico", uri)
                : Answers.status(Response.Status.NOT_FOUND);
    }
}
