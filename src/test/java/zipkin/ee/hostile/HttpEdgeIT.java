package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.SharedZipkin;
import zipkin2.Endpoint;
import zipkin2.Span;

/** What is not quite HTTP, on an application server that is configured by server-config. */
class HttpEdgeIT {
    private static final int MADE_UP_PATHS = 300;

    /** Characters that browsers send unescaped, and those that have to keep their meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "get/users/{id}",
                "a|b",
                "a^b",
                "a`b",
                "a\\b",
                "a\"b",
                "a<b>c",
                "a&b",
                "a+b",
                "a b",
                "a%b",
                "a=b",
                "a#b",
                "a[b]",
                "a;b",
                "caf\u00e9",
                "\u65e5\u672c",
                "\ud83d\ude00"
            })
    void query_raw_isAnsweredLikeTheEscapedOne(String text) {
        String service = "edge-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-" + text;
        SharedZipkin.http()
                .report(List.of(Span.newBuilder()
                        .traceId(Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                        .id("1")
                        .name("found")
                        .timestamp(System.currentTimeMillis() * 1000)
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName(service).build())
                        .build()));
        String escaped = URLEncoder.encode(service, UTF_8);
        String raw = bytes(service.replace("%", "%25")
                .replace("&", "%26")
                .replace("+", "%2B")
                .replace(" ", "+"));
        for (String api : List.of("/api/v2", "/zipkin/api/v2")) {
            for (String sent : List.of(escaped, escaped.replace("+", "%20"), raw)) {
                RawAnswer answer = get(api + "/spans?serviceName=" + sent);
                assertThat(answer.status()).as(sent).isEqualTo(200);
                assertThat(answer.body()).as(sent).isEqualTo("[\"found\"]");
            }
        }
        assertThat(get("/zipkin/?spanName=" + raw).status()).isEqualTo(200);
        assertThat(get("/zipkin?spanName=" + raw).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%z", "%zz", "%2", "%u00e9", "%00", "\u0000", "\u0001", "\u007f"})
    void query_malformed_is400(String text) {
        for (String path : List.of("/api/v2/spans", "/zipkin/api/v2/spans", "/zipkin/", "/zipkin", "/nope")) {
            requireRefused(get(path + "?serviceName=a" + text), 400);
        }
    }

    /** Spans after a query that is not read, which makes the request go on in another way. */
    @Test
    void query_rawBeforeABody_isPassedOver() {
        RawAnswer answer =
                send("POST /api/v2/spans?x={} HTTP/1.1", "Transfer-Encoding: chunked", "", "2\r\n[]\r\n0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xchunked", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked;x=y", "", ","
            })
    void transferEncoding_other_isRefusedAndTheConnectionEnds(String coding) {
        for (String path : List.of("/api/v2/spans", "/api/v1/spans", "/nope", "/zipkin.proto3.SpanService/Report")) {
            RawAnswer answer = smuggle(path, "Transfer-Encoding: " + coding);
            requireOneRefusal(answer, path + " " + coding);
        }
    }

    /** It would end with the connection, which the client keeps here. */
    @Test
    void transferEncoding_identity_isRefusedAtOnce() {
        try (RawConnection connection = new RawConnection(SharedZipkin.server().uri())) {
            connection.send(RawConnection.post("Transfer-Encoding: identity") + "[]");
            assertThat(connection.status()).isEqualTo(501);
        }
    }

    @Test
    void transferEncoding_repeatedOrBesideALength_isRefusedAndTheConnectionEnds() {
        for (String path : List.of("/api/v2/spans", "/nope")) {
            requireOneRefusal(smuggle(path, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"), path);
            requireOneRefusal(smuggle(path, "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked"), path);
            requireOneRefusal(smuggle(path, "Content-Length: 2", "Transfer-Encoding: gzip, chunked"), path);
        }
    }

    /** Payara passes over the length, as RFC 9112 allows. */
    @Test
    @Tag("wildfly")
    void chunked_besideALength_isRefusedAndTheConnectionEnds() {
        requireOneRefusal(smuggle("/api/v2/spans", "Transfer-Encoding: chunked", "Content-Length: 2"), "both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+2", "abc", "2 2", "2, 3", "99999999999999999999999"})
    void contentLength_thatIsNone_isRefusedAndTheConnectionEnds(String length) {
        requireOneRefusal(smuggle("/api/v2/spans", "Content-Length: " + length), length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https:host.example", "https:", "host.example:443", "api/v2/services", "foo:/health"})
    void target_thatIsNoPath_is4xx(String target) {
        for (String method : List.of("GET", "POST", "OPTIONS", "FOO")) {
            RawAnswer answer = send(method + " " + target + " HTTP/1.1", "");
            assertThat(answer.status()).as(method).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("\tat ", "<html", "Exception");
        }
    }

    @Test
    void target_absolute_isThatOfItsPath() {
        assertThat(get("http://localhost/api/v2/traceMany?traceIds=").body()).isEqualTo("traceIds parameter is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%C0%AF", "/api/v2/trace/%c3", "/zipkin/%ff"})
    void path_notUtf8_is4xx(String path) {
        RawAnswer answer = get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("\n", "Exception");
    }

    @Test
    void cookies_any_arePassedOver() {
        String many = IntStream.range(0, 300).mapToObj(i -> "c" + i + "=1").collect(Collectors.joining("; "));

        assertThat(send("GET /health HTTP/1.1", "Cookie: " + many, "").status()).isEqualTo(200);
        assertThat(send("POST /api/v2/spans HTTP/1.1", "Content-Length: 2", "Cookie: " + many, "", "[]")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\u0000b", "X: a\u0001b", "X : a", "Host: other"})
    void header_malformed_isNoErrorOfTheServer(String line) {
        RawAnswer answer = send("GET /health HTTP/1.1", line, "");
        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void answers_ofAnyKind_areNotSniffed() {
        for (String path : List.of(
                "/health",
                "/api/v2/services",
                "/api/v2/spans",
                "/nope",
                "/zipkin",
                "/zipkin/",
                "/zipkin/config.json",
                "/zipkin/favicon.ico",
                "/prometheus",
                "/error-as-text",
                "/api/v2/trace/x",
                "/api/v2/services?%zz",
                "/zipkin/nope")) {
            assertThat(get(path).header("x-content-type-options")).as(path).isEqualTo("nosniff");
        }
        assertThat(send("POST /api/v2/spans HTTP/1.1", "Content-Length: 1", "", "x")
                        .header("x-content-type-options"))
                .isEqualTo("nosniff");
    }

    @Test
    void answers_doNotNameTheServersVersion() {
        for (String path : List.of("/health", "/zipkin/", "/nope", "/api/v2/services?%zz")) {
            assertThat(get(path).headers()).as(path).doesNotContainKeys("x-powered-by", "server");
        }
    }

    @Test
    void ui_inFramesOfOthers_isNotShown() {
        assertThat(get("/zipkin/").header("content-security-policy")).isEqualTo("frame-ancestors 'self'");
        assertThat(get("/zipkin/traces/1").header("content-security-policy")).isEqualTo("frame-ancestors 'self'");
        assertThat(get("/zipkin/config.json").headers()).doesNotContainKey("content-security-policy");
    }

    @Test
    void preflight_isAllowedTheHeadersItAsksFor() {
        RawAnswer answer = send(
                "OPTIONS /api/v2/spans HTTP/1.1",
                "Origin: http://foo.com",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization, traceparent,(bad)",
                "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-headers"))
                .isEqualTo("content-type,x-grpc-web,authorization,traceparent");
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(answer.header("vary")).isEqualTo("access-control-request-headers");
    }

    /** Whatever path, method and status: one series each for the routes that there are. */
    @Test
    void series_ofMadeUpPaths_areOne() {
        for (int i = 0; i < MADE_UP_PATHS; i++) {
            String madeUp = "made-up-" + i;
            send(
                    "OPTIONS /api/" + madeUp + " HTTP/1.1",
                    "Origin: http://foo.com",
                    "Access-Control-Request-Method: GET",
                    "");
            get("/zipkin/api/v2/" + madeUp);
            get("/api/v2/services;" + madeUp + "=1");
            get("/api%2F" + madeUp);
            send(madeUp.toUpperCase(Locale.ROOT) + " /api/v2/services HTTP/1.1", "");
            send("PUT /api/v2/trace/" + madeUp + " HTTP/1.1", "");
        }
        String series = SharedZipkin.http().get("/prometheus").body();
        assertThat(series.toLowerCase(Locale.ROOT)).doesNotContain("made-up");
        assertThat(series).contains("method=\"OPTIONS\",status=\"200\",uri=\"OTHER\"");
    }

    /** A request whose body is chunked, and another one in the same packet. */
    private static RawAnswer smuggle(String path, String... headers) {
        try (RawConnection connection = new RawConnection(SharedZipkin.server().uri())) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n2\r\n[]\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            connection.endOutput();
            return connection.answer();
        }
    }

    private static void requireOneRefusal(RawAnswer answer, String what) {
        assertThat(answer.status()).as(what).isIn(400, 501);
        assertThat(answer.header("connection")).as(what).isEqualTo("close");
        assertThat(answer.body()).as(what).doesNotContain("\n");
    }

    private static void requireRefused(RawAnswer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type").replace(" ", "")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(answer.body()).isNotEmpty().doesNotContain("\n");
    }

    private static RawAnswer get(String target) {
        return send("GET " + target + " HTTP/1.1", "");
    }

    /** A request line, header lines, an empty line, and perhaps a body. */
    private static RawAnswer send(String requestLine, String... rest) {
        try (RawConnection connection = new RawConnection(SharedZipkin.server().uri())) {
            connection.send(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", rest)
                    + (rest[rest.length - 1].isEmpty() ? "\r\n" : ""));
            return connection.answer();
        }
    }

    /** UTF-8 as the characters that {@link RawConnection} sends as bytes. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
