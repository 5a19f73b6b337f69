package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/** Which paths and methods exist, and what the others answer. */
final class RoutingCases {
    private static final List<String> METHODS = List.of("POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");

    private RoutingCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String path : List.of(
                "/foo",
                "/api",
                "/api/",
                "/api/v1",
                "/api/v1/",
                "/api/v1/spans",
                "/api/v1/services",
                "/api/v1/trace/1",
                "/api/v2",
                "/api/v2/",
                "/api/v2/unknown",
                "/api/v2/services/",
                "/api/v2/spans/",
                "/api/v2/traces/",
                "/api/v2/trace",
                "/api/v2/trace/",
                "/api/v3/spans",
                "/API/v2/services",
                "/api/V2/services",
                "//api/v2/services",
                "/api//v2/services",
                "/api/v2/services;x=y",
                "/api/v2/serv%69ces",
                "/zipkin/api",
                "/zipkin/api/v2",
                "/zipkin/api/v2/",
                "/zipkin/api/v2/unknown",
                "/zipkin/api/v1/spans",
                "/zipkin/api/v2/spans",
                "/WEB-INF/web.xml",
                "/WEB-INF/lens/index.html",
                "/META-INF/MANIFEST.MF",
                "/zipkin/WEB-INF/web.xml",
                "/index.html",
                "/static",
                "/health/",
                "/info/",
                "/metrics/",
                "/prometheus/",
                "/internal",
                "/%2e%2e/x",
                "/../x",
                "/zipkin/../health",
                "/a%00b",
                "/%zz",
                "/%")) {
            cases.add(Case.get("routing/GET " + path, path));
        }
        for (String path : List.of(
                "/api/v1/spans",
                "/api/v2/spans",
                "/api/v2/services",
                "/api/v2/traces",
                "/api/v2/trace/a03",
                "/api/v2/autocompleteKeys",
                "/zipkin/api/v2/services",
                "/zipkin/api/v2/spans",
                "/foo",
                "/zipkin/foo",
                "/health",
                "/info",
                "/metrics",
                "/",
                "/zipkin",
                "/zipkin/",
                "/zipkin/config.json",
                "/zipkin/dependency",
                "/favicon.ico")) {
            for (String method : METHODS) {
                if (!(method.equals("POST") && path.matches("/api/v./spans"))) {
                    cases.add(Case.of(method, "routing/" + method + " " + path, path));
                }
            }
        }
        for (String method : METHODS) {
            cases.add(Case.of(method, "routing/" + method + " /prometheus", "/prometheus")
                    .viewedAs(BodyView.IGNORED));
        }
        for (String method : List.of("FOO", "CONNECT", "get", "PROPFIND")) {
            cases.add(Case.of(method, "routing/" + method + " /api/v2/services", "/api/v2/services"));
        }
        cases.add(Case.post("routing/POST with a query string", "/api/v2/spans?serviceName=x", "[]"));
        cases.add(Case.post("routing/POST //api/v2/spans", "//api/v2/spans", "[]"));
        cases.add(Case.post("routing/POST /zipkin/api/v2/spans with spans", "/zipkin/api/v2/spans", "[]"));
        cases.add(Case.post("routing/POST /zipkin/api/v1/spans with spans", "/zipkin/api/v1/spans", "[]"));
        cases.add(Case.post("routing/POST with Expect", "/api/v2/spans", "[]", "Expect: 100-continue"));
        for (String accept :
                List.of("application/json", "text/html", "application/xml", "*/*", "bogus", "text/plain;q=0")) {
            cases.add(Case.get("routing/Accept " + accept, "/api/v2/services", "Accept: " + accept));
            cases.add(Case.get(
                    "routing/Accept " + accept + " for a missing trace", "/api/v2/trace/dead", "Accept: " + accept));
            cases.add(Case.post("routing/Accept " + accept + " on a post", "/api/v2/spans", "[]", "Accept: " + accept));
        }
        return cases;
    }
}
