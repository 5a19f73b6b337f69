package zipkin.ee.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * People find a trace, open it and see who calls whom, in the UI that the server serves. Each run
 * leaves target/screenshots; the pictures in docs/images come from
 * {@code mvn verify -Dit.test=LensIT -Dzipkin.screenshots.update=true}.
 */
class LensIT {
    private static final ZipkinHttp ZIPKIN = SharedZipkin.http();
    private static final List<Span> CHECKOUT = ShopTraces.checkout(microsAgo(1));
    private static final String TRACE_ID = CHECKOUT.get(0).traceId();
    /** Below the dependency page's query bar and filter there is nothing but the graph. */
    private static final int GRAPH_TOP = 205;

    private static final long GRAPH_INK = 1_500;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @BeforeAll
    static void postTracesAndStartBrowser() {
        ZIPKIN.report(ShopTraces.visit(microsAgo(62), "products", 84));
        ZIPKIN.report(ShopTraces.visit(microsAgo(47), "products/7", 61));
        ZIPKIN.report(ShopTraces.visit(microsAgo(31), "products/12", 143));
        ZIPKIN.report(ShopTraces.visit(microsAgo(9), "cart", 52));
        ZIPKIN.report(CHECKOUT);
        ZIPKIN.awaitTrace(TRACE_ID, CHECKOUT.size());
        browser = new Browser();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void pages_shown_hadNoProblems() {
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void search_queryRun_listsTraceThatOpens() {
        browser.open(ZIPKIN.uri("/zipkin/").toString());
        browser.clickButton("Run Query");
        browser.awaitText("the checkout in the list", text -> text.contains("post /checkout"));
        browser.stillPicture().keep("search");

        browser.click(By.cssSelector("a[href$='/zipkin/traces/" + TRACE_ID + "']"));
        browser.awaitText("the opened trace", LensIT::showsTrace);
        assertThat(browser.address())
                .isEqualTo(ZIPKIN.uri("/zipkin/traces/" + TRACE_ID).toString());
    }

    @Test
    void traceAddress_opened_showsSpansAndTags() {
        browser.open(ZIPKIN.uri("/zipkin/traces/" + TRACE_ID).toString());
        browser.awaitText("the trace", LensIT::showsTrace);
        assertThat(browser.text().lines().filter(line -> line.matches("\\w+: .+")))
                .containsExactly(
                        "frontend: post /checkout", // the title, then a line for each span id
                        "frontend: post /checkout",
                        "orders: post /orders",
                        "inventory: reserve",
                        "mysql: select stock",
                        "mysql: update stock",
                        "payments: charge",
                        "payments: check limits",
                        "orders: send order-failed",
                        "mailer: poll order-failed");

        browser.clickText("payments: charge");
        browser.awaitText("the error tag", text -> text.contains("card declined"));
        browser.click(
                // folds it, and the tags come into view
                By.xpath("//*[text()='Annotation']/following::button[1]"));
        browser.stillPicture().keep("trace");
    }

    @Test
    void dependencies_queryRun_drawEveryService() {
        browser.open(ZIPKIN.uri("/zipkin/dependency").toString());
        browser.clickButton("Run Query");
        browser.awaitText("the graph's filter", text -> text.contains("Filter"));
        Await.value("the drawn graph", Duration.ofSeconds(60), browser::picture, LensIT::showsGraph);
        browser.settledPicture().keep("dependency");

        browser.click(By.cssSelector("[data-testid='dependencies-graph'] button[title='Open']"));
        List<String> services = Await.value(
                "the graph's services",
                () -> browser.texts(By.cssSelector("li[role='option']")),
                list -> !list.isEmpty());
        assertThat(services).containsAll(ShopTraces.SERVICES);
    }

    /**
     * Behind a reverse proxy that serves the UI below another path, which the setting
     * ZIPKIN_UI_BASEPATH names.
     */
    @Test
    void traceAddress_openedThroughProxy_showsTraceWithoutLeavingThePath() {
        try (LeasedServer lease = LeasedServer.start(Map.of("ZIPKIN_UI_BASEPATH", "/proxy/zipkin"));
                PathProxy proxy =
                        new PathProxy("/proxy/zipkin", lease.server().uri().resolve("/zipkin"))) {
            lease.http().report(CHECKOUT);
            lease.http().awaitTrace(TRACE_ID, CHECKOUT.size());

            browser.open(proxy.uri("/proxy/zipkin/traces/" + TRACE_ID));
            browser.awaitText("the trace", LensIT::showsTrace);
            browser.clickText("Dependencies");
            browser.awaitText("the dependency page", text -> text.contains("End Time"));

            assertThat(browser.address()).startsWith(proxy.uri("/proxy/zipkin/dependency"));
            // Nothing of the page asks the proxy after its end.
            browser.open("about:blank");
        }
    }

    private static boolean showsTrace(String text) {
        return text.contains(TRACE_ID) && text.contains("Total Spans") && text.contains("payments: charge");
    }

    private static boolean showsGraph(Picture picture) {
        return picture.inkBelow(GRAPH_TOP) > GRAPH_INK;
    }

    private static long microsAgo(int seconds) {
        return (System.currentTimeMillis() - seconds * 1000L) * 1000;
    }
}
