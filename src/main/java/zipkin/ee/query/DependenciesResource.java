package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.Answers;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.codec.DependencyLinkBytesEncoder;
import zipkin2.storage.StorageComponent;

/** Links between services: {@code [{parent, child, callCount, errorCount?}, …]}. */
@SingleInstance
@Path("/api/v2")
public class DependenciesResource {
    @Inject
    StorageComponent storage;

    @Inject
    QuerySettings settings;

    @Inject
    QueryRunner runner;

    @GET
    @Path("/dependencies")
    public void dependencies(@Context UriInfo uri, @Suspended AsyncResponse response) {
        QueryParameters parameters = new QueryParameters(uri);
        Call<List<DependencyLink>> call = storage.spanStore()
                .getDependencies(
                        parameters.mandatoryNumber("endTs"), parameters.number("lookback", settings.lookbackMillis()));
        runner.run(response, () -> Answers.json(DependencyLinkBytesEncoder.JSON_V1.encodeList(call.execute()))
                .build());
    }
}
