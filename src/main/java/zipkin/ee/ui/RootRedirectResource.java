package zipkin.ee.ui;

import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.UiSettings;
import zipkin.ee.http.Answers;

/** Redirects {@code /} to the UI. */
@Path("/")
@SingleInstance
public class RootRedirectResource extends AnyMethodResource {
    @Inject
    UiSettings settings;

    @Override
    Response read(UriInfo uri, HttpHeaders headers) {
        return change(uri);
    }

    @Override
    Response change(UriInfo uri) {
        return settings.enabled() ? UiRedirect.to("zipkin/", uri) : Answers.status(Response.Status.NOT_FOUND);
    }
}
