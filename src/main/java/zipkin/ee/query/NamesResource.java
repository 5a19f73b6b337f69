package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.http.Answers;
import zipkin2.Call;
import zipkin2.storage.StorageComponent;

/**
 * Names for the input fields of the UI, as JSON lists of strings. Browsers may cache them only once
 * there are a few services, so that a new installation shows its first ones at once.
 */
@SingleInstance
@Path("/api/v2")
public class NamesResource {
    private static final int FEW = 3;

    @Inject
    StorageComponent storage;

    @Inject
    StorageSettings storageSettings;

    @Inject
    QuerySettings settings;

    @Inject
    QueryRunner runner;

    private volatile int serviceCount;

    @GET
    @Path("/services")
    public void services(@Suspended AsyncResponse response) {
        runner.lookUpNames(response, () -> {
            List<String> names = storage.serviceAndSpanNames().getServiceNames().execute();
            serviceCount = names.size();
            return names(names, serviceCount > FEW);
        });
    }

    @GET
    @Path("/spans")
    public void spans(@Context UriInfo uri, @Suspended AsyncResponse response) {
        String service = new QueryParameters(uri).mandatoryText("serviceName");
        answer(response, storage.serviceAndSpanNames().getSpanNames(service));
    }

    @GET
    @Path("/remoteServices")
    public void remoteServices(@Context UriInfo uri, @Suspended AsyncResponse response) {
        String service = new QueryParameters(uri).mandatoryText("serviceName");
        answer(response, storage.serviceAndSpanNames().getRemoteServiceNames(service));
    }

    private void answer(AsyncResponse response, Call<List<String>> call) {
        runner.lookUpNames(response, () -> names(call.execute(), serviceCount > FEW));
    }

    @GET
    @Path("/autocompleteKeys")
    public Response autocompleteKeys() throws IOException {
        return names(storageSettings.autocompleteKeys(), true);
    }

    @GET
    @Path("/autocompleteValues")
    public void autocompleteValues(@Context UriInfo uri, @Suspended AsyncResponse response) {
        String key = new QueryParameters(uri).mandatoryText("key");
        Call<List<String>> call = storage.autocompleteTags().getValues(key);
        runner.lookUpNames(response, () -> {
            List<String> values = call.execute();
            return names(values, values.size() > FEW);
        });
    }

    /** Sorts the names, because each storage has another order. */
    private Response names(List<String> names, boolean cached) throws IOException {
        List<String> sorted = names.stream().sorted().toList();
        Response.ResponseBuilder answer = Answers.json(JsonStrings.write(sorted));
        if (cached) {
            answer.header(HttpHeaders.CACHE_CONTROL, "max-age=" + settings.namesMaxAgeSeconds() + ", must-revalidate");
        }
        return answer.build();
    }
}
