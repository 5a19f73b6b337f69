package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * The user interface's routes and files, conditional requests, and compression of what is worth it.
 */
final class UiCases {
    private UiCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String path : List.of(
                "/zipkin/",
                "/zipkin//",
                "/zipkin/index.html",
                "/zipkin/traces/x",
                "/zipkin/traces/463ac35c9f6413ad",
                "/zipkin/dependency",
                "/zipkin/traceViewer",
                "/zipkin/?serviceName=x")) {
            cases.add(Case.get("ui/index at " + path, path).viewedAs(BodyView.IGNORED));
        }
        for (String path : List.of(
                "/",
                "/?a=b",
                "/zipkin",
                "/zipkin?a=b&c=%20d",
                "/favicon.ico",
                "/zipkin/favicon.ico",
                "/zipkin/config.json",
                "/zipkin/config.json?x",
                "/zipkin/unknown",
                "/zipkin/traces",
                "/zipkin/traces/",
                "/zipkin/traces/x/",
                "/zipkin/traces/x/y",
                "/zipkin/dependency/",
                "/zipkin/traceViewer/",
                "/zipkin/static",
                "/zipkin/static/",
                "/zipkin/static/js",
                "/zipkin/static/js/",
                "/zipkin/static/nope.js",
                "/zipkin/Dependency",
                "/zipkin/index.html/")) {
            cases.add(Case.get("ui/GET " + path, path));
        }
        conditional(cases);
        for (String path : List.of("/zipkin/", "/zipkin/config.json", "/zipkin/favicon.ico", "{script}", "{style}")) {
            for (String coding : List.of("gzip", "deflate", "br", "gzip;q=0", "identity", "*", "gzip, deflate, br")) {
                cases.add(Case.get("ui/" + path + " as " + coding, path, "Accept-Encoding: " + coding)
                        .viewedAs(BodyView.IGNORED));
            }
            cases.add(Case.get("ui/range of " + path, path, "Range: bytes=0-9").viewedAs(BodyView.IGNORED));
        }
        return cases;
    }

    private static void conditional(List<Case> cases) {
        for (String path :
                List.of("/zipkin/", "/zipkin/config.json", "/zipkin/favicon.ico", "{script}", "{style}", "/info")) {
            BodyView view = path.matches("/zipkin/(config.json|favicon.ico)") ? BodyView.BYTES : BodyView.IGNORED;
            cases.add(Case.get("ui/first " + path, path).viewedAs(view));
            for (String condition : List.of(
                    "If-None-Match: {etag}",
                    "If-None-Match: W/{etag}",
                    "If-None-Match: \"x\", {etag}",
                    "If-None-Match: *",
                    "If-None-Match: \"other\"",
                    "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
                    "If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT",
                    "If-Modified-Since: rubbish",
                    "If-Match: {etag}")) {
                cases.add(Case.get("ui/" + path + " " + condition, path, condition)
                        .viewedAs(view));
            }
            cases.add(Case.of("HEAD", "ui/HEAD " + path, path));
        }
    }

    /** Large and small answers of the API under each coding. Needs {@link Dataset}. */
    static List<Case> compression() {
        List<Case> cases = new ArrayList<>();
        for (String path : List.of(
                "/api/v2/trace/" + Dataset.LARGE, "/api/v2/trace/a03", "/api/v2/services", "/health", "/info")) {
            for (String coding : List.of(
                    "gzip",
                    "GZIP",
                    "gzip;q=0",
                    "gzip, deflate",
                    "gzip;q=0.5",
                    "identity",
                    "identity, gzip",
                    "*;q=0",
                    "")) {
                BodyView view = path.equals("/info") ? BodyView.JSON_KEYS : BodyView.BYTES;
                cases.add(Case.get("compression/" + path + " as '" + coding + "'", path, "Accept-Encoding: " + coding)
                        .viewedAs(view));
            }
            for (String coding : List.of("deflate", "br", "*", "br, gzip")) {
                cases.add(Case.get("compression/" + path + " as '" + coding + "'", path, "Accept-Encoding: " + coding)
                        .viewedAs(BodyView.IGNORED));
            }
        }
        for (int size : List.of(2047, 2048)) {
            String trace = "c" + size;
            String around =
                    "[{\"traceId\":\"00000000000" + trace + "\",\"id\":\"0000000000000001\",\"tags\":{\"k\":\"\"}}]";
            String body = around.replace("\"\"", "\"" + "x".repeat(size - around.length()) + "\"");
            cases.addAll(Case.post("compression/an answer of " + size + " bytes", IntakeCases.V2, body)
                    .readBack(trace));
            cases.add(Case.get(
                    "compression/gzip of " + size + " bytes", "/api/v2/trace/" + trace, "Accept-Encoding: gzip"));
        }
        return cases;
    }
}
