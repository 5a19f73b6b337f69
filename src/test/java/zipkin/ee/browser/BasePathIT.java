package zipkin.ee.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/** The UI behind a reverse proxy that serves it below another path, which ZIPKIN_UI_BASEPATH tells the server. */
class BasePathIT {
    @Test
    void traceAddress_openedThroughProxy_showsTraceWithoutLeavingThePath() {
        List<Span> checkout = ShopTraces.checkout(System.currentTimeMillis() * 1000);
        String traceId = checkout.get(0).traceId();
        try (ZipkinEeServer server = ZipkinEeServer.start(Map.of("ZIPKIN_UI_BASEPATH", "/proxy/zipkin"));
                PathProxy proxy = new PathProxy("/proxy/zipkin", server.uri().resolve("/zipkin"));
                Browser browser = new Browser()) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            zipkin.report(checkout);
            zipkin.awaitTrace(traceId, checkout.size());

            browser.open(proxy.uri("/proxy/zipkin/traces/" + traceId));
            browser.awaitText("the trace", text -> text.contains(traceId) && text.contains("payments: charge"));
            browser.clickText("Dependencies");
            browser.awaitText("the dependency page", text -> text.contains("End Time"));

            assertThat(browser.address()).startsWith(proxy.uri("/proxy/zipkin/dependency"));
            assertThat(browser.problems()).isEmpty();
        }
    }
}
