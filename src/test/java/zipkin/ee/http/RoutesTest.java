package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @Test
    void routes_areThoseOfTheResources() {
        Set<String> templates = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("zipkin.ee.query", "zipkin.ee.transport.http", "zipkin.ee.transport.otlp")) {
            if (each.isAnnotatedWith(Path.class)) {
                String base = each.getAnnotationOfType(Path.class).value();
                for (JavaMethod method : each.getMethods()) {
                    if (method.isAnnotatedWith(Path.class)) {
                        String path = method.getAnnotationOfType(Path.class).value();
                        templates.add(base + path.replaceAll(":[^}]*", ""));
                    }
                }
            }
        }
        assertThat(Routes.ALL).containsExactlyInAnyOrderElementsOf(templates);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/api/v2/services, /api/v2/services",
                "/zipkin/api/v2/services, /api/v2/services",
                "//api//v2/services;x=y, /api/v2/services",
                "/api;a=b/v2/trace/1;c, /api/v2/trace/{traceId}",
                "/zipkin/api/v2/trace/a/b, /api/v2/trace/{traceId}",
                "/api/v1/spans, /api/v1/spans",
                "/v1/traces, /v1/traces",
                "//v1;a//logs;b, /v1/logs",
                "/v1/profiles, none",
                "/zipkin/v1/traces, none",
                "/api/v2/trace/, none",
                "/api/v2/services/, none",
                "/api/v2/services/x, none",
                "/api/v2/servicesx, none",
                "/api/v2, none",
                "/api/anything, none",
                "/zipkin/api, none",
                "/zipkin/api/v1/spans, none",
                "/zipkin/traces/1, none",
                "/api/v2/trace/{traceId}x, /api/v2/trace/{traceId}",
                "*, none"
            })
    void path_leadsToARouteOfTheListOrNone(String path, @Nullable String route) {
        assertThat(Routes.of(path)).isEqualTo(route);
    }
}
