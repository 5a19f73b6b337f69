package zipkin.ee.arquillian.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import zipkin.ee.hostile.RawAnswer;
import zipkin.ee.hostile.RawConnection;
import zipkin.ee.testing.DeploymentSpan;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/** What must hold on each Payara without connectors; a subclass has the deployment. */
@RunAsClient
abstract class PayaraContract {
    @ArquillianResource
    private URI deployed;

    /** Where the WAR answers, by what Arquillian's adapter says of it. */
    URI root(URI deployed) {
        return deployed;
    }

    /** What the client offers to speak. */
    HttpClient.Version version() {
        return HttpClient.Version.HTTP_2;
    }

    /** The WAR of this build, unchanged; the name is what Arquillian makes the context root of. */
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, ZipkinEeServer.war().toFile());
    }

    private URI zipkin() {
        String root = root(deployed).toString();
        return URI.create(root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
    }

    @Test
    void war_servesIntakeQueryAndPages() {
        ZipkinHttp zipkin = new ZipkinHttp(zipkin(), version());
        Span span = DeploymentSpan.of("arquillian");

        zipkin.report(List.of(span));

        assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        assertThat(zipkin.get("/api/v2/services").body()).isEqualTo("[\"arquillian\"]");
        assertThat(zipkin.get("/zipkin/").statusCode()).isEqualTo(200);
        assertThat(zipkin.get("/zipkin/config.json").body()).contains("\"searchEnabled\"");
        assertThat(zipkin.get("/prometheus").body()).contains("zipkin_collector_spans_total");
    }

    @Test
    void requests_notQuiteHttp_areReadOrRefused() {
        RawAnswer unescaped = send("GET", "/api/v2/spans?serviceName={a|b}^`\\\"<>", "", "");
        assertThat(unescaped.status()).isEqualTo(200);
        assertThat(unescaped.body()).isEqualTo("[]");
        assertThat(unescaped.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(send("GET", "/api/v2/spans?serviceName=%zz", "", "").status())
                .isEqualTo(400);
        assertThat(send("GET", "/health", "Cookie: " + "a=b; ".repeat(300) + "\r\n", "")
                        .status())
                .isEqualTo(200);
        assertThat(send("POST", "/api/v2/spans", "Transfer-Encoding: xchunked\r\n", "2\r\n[]\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(501);
    }

    private RawAnswer send(String method, String target, String headers, String body) {
        URI zipkin = zipkin();
        try (RawConnection connection = new RawConnection(zipkin)) {
            connection.send(method + " " + zipkin.getRawPath() + target + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n" + headers + "\r\n" + body);
            return connection.answer();
        }
    }
}
