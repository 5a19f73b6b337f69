package zipkin.ee.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.JavaScriptTrace;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.NpmFolder;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/**
 * OpenTelemetry for JavaScript in a page of another origin sends to OTLP's own port, after a
 * preflight.
 */
class OtlpBrowserIT {
    private static final String EXPORTED = "exported ";

    @Test
    void page_ofAListedOrigin_sendsATrace_andOneOfAnotherOriginDoesNot() {
        try (PageServer page = new PageServer(script());
                LeasedServer lease =
                        LeasedServer.start(Map.of("COLLECTOR_OTLP_ALLOWED_ORIGINS", page.origin("127.0.0.1")));
                Browser browser = new Browser()) {
            String query = "/?to=" + lease.server().otlpHttp() + "/v1/traces";

            JavaScriptTrace trace = export(browser, page.origin("127.0.0.1") + query);
            assertThat(lease.http().awaitTrace(trace.traceId(), 2))
                    .containsExactlyInAnyOrderElementsOf(trace.expected());
            assertThat(browser.problems()).isEmpty();

            browser.open(page.origin("localhost") + query);
            assertThat(Await.value("the refused preflight", browser::problems, problems -> !problems.isEmpty()))
                    .anyMatch(problem -> problem.contains("blocked by CORS policy"));
            assertThat(lease.http().counter("spans", "otlp/http")).isEqualTo(2);
        }
    }

    /** Opens the page and waits until it has exported its trace. */
    private static JavaScriptTrace export(Browser browser, String address) {
        browser.open(address);
        String shown = browser.awaitText("the exported trace", text -> text.contains(EXPORTED));
        return JavaScriptTrace.of(shown.substring(shown.indexOf(EXPORTED) + EXPORTED.length()));
    }

    /** The page's script in one file with all that it needs. */
    private static Path script() {
        NpmFolder installed = NpmFolder.install("src/test/npm", "target/npm-clients");
        Path bundle = ProjectFiles.newFolder("page").resolve("script.js");
        Programs.run(
                installed.path(),
                Duration.ofMinutes(1),
                List.of(
                        installed.path().resolve("node_modules/.bin/esbuild").toString(),
                        "otlp-page.js",
                        "--bundle",
                        "--outfile=" + bundle));
        return bundle;
    }
}
