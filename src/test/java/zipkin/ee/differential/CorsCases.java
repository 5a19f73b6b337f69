package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/** Requests from other origins, simple ones and preflights. */
final class CorsCases {
    private CorsCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String origin : List.of(
                "http://foo.com",
                "http://bar.com",
                "http://baz.com",
                "HTTP://FOO.com",
                "http://foo.com:80",
                "null",
                "*",
                "")) {
            String header = "Origin: " + origin;
            for (String path : List.of(
                    "/api/v2/services",
                    "/api/v2/traces?limit=0",
                    "/nope",
                    "/health",
                    "/zipkin/config.json",
                    "/zipkin/")) {
                BodyView view = path.equals("/zipkin/") ? BodyView.IGNORED : BodyView.BYTES;
                cases.add(Case.get("cors/GET " + path + " from '" + origin + "'", path, header)
                        .viewedAs(view));
            }
            cases.add(Case.post("cors/POST from '" + origin + "'", "/api/v2/spans", "[]", header));
            cases.add(Case.post("cors/bad POST from '" + origin + "'", "/api/v2/spans", "x", header));
            for (String path : List.of("/api/v2/services", "/api/v2/spans", "/nope", "/zipkin/")) {
                cases.add(Case.of("OPTIONS", "cors/OPTIONS " + path + " from '" + origin + "'", path, header));
                for (String method : List.of("GET", "POST", "PUT")) {
                    cases.add(Case.of(
                            "OPTIONS",
                            "cors/preflight of " + method + " " + path + " from '" + origin + "'",
                            path,
                            header,
                            "Access-Control-Request-Method: " + method,
                            "Access-Control-Request-Headers: content-type, b3"));
                }
            }
        }
        for (String asked : List.of("authorization", "traceparent, X-Own", "Content-Type,X-GRPC-Web", "", "a b,(c)")) {
            cases.add(Case.of(
                    "OPTIONS",
                    "cors/preflight of POST from 'http://foo.com' asking for '" + asked + "'",
                    "/api/v2/spans",
                    "Origin: http://foo.com",
                    "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: " + asked));
        }
        cases.add(Case.of(
                "OPTIONS", "cors/preflight without origin", "/api/v2/services", "Access-Control-Request-Method: GET"));
        return cases;
    }
}
