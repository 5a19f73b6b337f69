package zipkin.ee;

import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.http.CorsFilter;
import zipkin.ee.http.ErrorMapper;
import zipkin.ee.http.PathFilter;
import zipkin.ee.http.answer.CompressionFilter;
import zipkin.ee.ops.HealthResource;
import zipkin.ee.ops.InfoResource;
import zipkin.ee.ops.MetricsResource;
import zipkin.ee.ops.RequestTimingFilter;
import zipkin.ee.query.DependenciesResource;
import zipkin.ee.query.NamesResource;
import zipkin.ee.query.TracesResource;
import zipkin.ee.transport.http.SpansV1Resource;
import zipkin.ee.transport.http.SpansV2Resource;
import zipkin.ee.transport.otlp.OtlpFilter;
import zipkin.ee.transport.otlp.OtlpResource;
import zipkin.ee.ui.FaviconRedirectResource;
import zipkin.ee.ui.LensResource;
import zipkin.ee.ui.RootRedirectResource;

/**
 * The whole HTTP surface. What settings switch off is not there, so it is 404 like any unknown
 * path.
 */
@SingleInstance
@ApplicationPath("/")
public class ZipkinApplication extends Application {
    /**
     * Jersey's: a Location is sent as it is written, by path, since behind a proxy the server does
     * not know what host the client sees.
     */
    private static final String LOCATION_AS_IT_IS =
            "jersey.config.server.headers.location.relative.resolution.disabled";

    @Inject
    private ZipkinSettings settings;

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(LOCATION_AS_IT_IS, true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new LinkedHashSet<>(List.of(
                RequestTimingFilter.class,
                CorsFilter.class,
                PathFilter.class,
                CompressionFilter.class,
                ErrorMapper.class,
                HealthResource.class,
                InfoResource.class,
                MetricsResource.class));
        if (settings.httpIntake().enabled()) {
            classes.addAll(
                    settings.storesAtOnce()
                            ? List.of(SpansV1Resource.AtOnce.class, SpansV2Resource.AtOnce.class)
                            : List.of(SpansV1Resource.class, SpansV2Resource.class));
        }
        if (settings.otlp().enabled()) {
            classes.add(OtlpFilter.class);
            classes.add(settings.storesAtOnce() ? OtlpResource.AtOnce.class : OtlpResource.class);
        }
        if (settings.query().enabled()) {
            classes.addAll(List.of(TracesResource.class, NamesResource.class, DependenciesResource.class));
        }
        classes.addAll(List.of(LensResource.class, RootRedirectResource.class, FaviconRedirectResource.class));
        return classes;
    }
}
