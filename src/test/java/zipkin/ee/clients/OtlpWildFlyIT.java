package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.clients.greeting.GreetingApplication;
import zipkin.ee.clients.greeting.GreetingResource;
import zipkin.ee.testing.MicroProfileServer;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * The subsystem {@code opentelemetry} of another WildFly sends over gRPC to the port that OTLP has
 * for it, by default 4317.
 */
@Tag("wildfly")
class OtlpWildFlyIT {
    private final String service =
            "greeting-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 28, Integer.MAX_VALUE));

    @Test
    void trace_ofAnApplication_isReadBack() {
        try (MicroProfileServer server =
                MicroProfileServer.start(war(), SharedZipkin.server().otlpGrpc(), "/greeting/ready")) {
            assertThat(new ZipkinHttp(server.uri()).get("/greeting/hello/7").body())
                    .isEqualTo("Hello number 7");

            assertTrace(SharedZipkin.http().awaitTraceOf(service, "get /greeting/hello/{id}", 3));
            assertThat(server.log()).doesNotContain("Failed to export");
        }
    }

    private void assertTrace(List<Span> spans) {
        Span hello = named(spans, "get /greeting/hello/{id}");
        Span ask = named(spans, "get");
        Span name = named(spans, "get /greeting/names/{id}");

        assertThat(spans).hasSize(3).allSatisfy(span -> assertThat(span.localServiceName())
                .isEqualTo(service));
        assertThat(spans)
                .extracting(Span::kind)
                .containsExactlyInAnyOrder(Span.Kind.SERVER, Span.Kind.CLIENT, Span.Kind.SERVER);
        assertThat(hello.parentId()).isNull();
        assertThat(ask.kind()).isEqualTo(Span.Kind.CLIENT);
        assertThat(ask.parentId()).isEqualTo(hello.id());
        assertThat(ask.remoteServiceName()).isEqualTo("127.0.0.1");
        assertThat(name.parentId()).isEqualTo(ask.id());
        assertThat(name.tags()).containsEntry("http.response.status_code", "200");
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> name.equals(span.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + spans));
    }

    /** MicroProfile Telemetry is off until an application switches it on. */
    private Path war() {
        Path war = ProjectFiles.newFolder("greeting").resolve("greeting.war");
        ShrinkWrap.create(WebArchive.class, "greeting.war")
                .addClasses(GreetingApplication.class, GreetingResource.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(
                        new StringAsset("otel.sdk.disabled=false\notel.service.name=" + service + "\n"),
                        "META-INF/microprofile-config.properties")
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        return war;
    }
}
