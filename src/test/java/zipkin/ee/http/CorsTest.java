package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.ZipkinSettings;

class CorsTest {
    private static final String REFERENCE = "content-type,x-grpc-web";

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            nullValues = "none",
            value = {
                "none=content-type,x-grpc-web",
                "''=content-type,x-grpc-web",
                "authorization=content-type,x-grpc-web,authorization",
                "Content-Type, B3=content-type,x-grpc-web,b3",
                "traceparent,b3 , X-Any_thing.1,b3=content-type,x-grpc-web,b3,traceparent,x-any_thing.1",
                "a b,,c:d,(e),\u00e9,f=content-type,x-grpc-web,f"
            })
    void preflight_isAllowedTheHeadersItAsksFor(@Nullable String asked, String allowed) {
        assertThat(CorsFilter.allowedHeaders(asked)).isEqualTo(allowed);
    }

    @Test
    void preflight_namesWithLineBreaks_areNotRepeated() {
        assertThat(CorsFilter.allowedHeaders("a\r\nSet-Cookie: x=y,b\nc,\u0000"))
                .isEqualTo(REFERENCE);
    }

    @Test
    void preflight_manyOrLongNames_areBounded() {
        String many = IntStream.range(0, 10_000).mapToObj(i -> "x" + i).collect(Collectors.joining(","));

        assertThat(CorsFilter.allowedHeaders(many).split(",", -1)).hasSize(2 + 64);
        assertThat(CorsFilter.allowedHeaders("x".repeat(129))).isEqualTo(REFERENCE);
        assertThat(CorsFilter.allowedHeaders("x".repeat(128))).hasSize(REFERENCE.length() + 1 + 128);
    }

    @Test
    void answer_someOriginsAllowed_variesForAllRequests() {
        Map<String, String> refused = Map.of("Vary", "origin", "X-Content-Type-Options", "nosniff");

        assertThat(begin("http://foo.com", "Origin: http://bar.com")).isEqualTo(refused);
        assertThat(begin("http://foo.com")).isEqualTo(refused);
        assertThat(begin("http://foo.com", "Origin: HTTP://FOO.com"))
                .isEqualTo(Map.of(
                        "Vary",
                        "origin",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Access-Control-Allow-Origin",
                        "HTTP://FOO.com"));
    }

    @Test
    void answer_allOriginsAllowed_doesNotVary() {
        assertThat(begin("*")).isEqualTo(Map.of("X-Content-Type-Options", "nosniff"));
        assertThat(begin("*", "Origin: http://bar.com"))
                .isEqualTo(Map.of("X-Content-Type-Options", "nosniff", "Access-Control-Allow-Origin", "*"));
    }

    @Test
    void otlp_noOriginsByDefault_whateverTheQueryAllows() {
        assertThat(beginOtlp("", "Origin: http://bar.com"))
                .isEqualTo(Map.of("Vary", "origin", "X-Content-Type-Options", "nosniff"));
    }

    @Test
    void otlp_listedOrigin_maySendCredentials() {
        assertThat(beginOtlp("http://foo.com", "Origin: http://foo.com"))
                .isEqualTo(Map.of(
                        "Vary",
                        "origin",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Access-Control-Allow-Origin",
                        "http://foo.com",
                        "Access-Control-Allow-Credentials",
                        "true"));
    }

    @Test
    void otlp_allOrigins_sendNoCredentials() {
        assertThat(beginOtlp("*", "Origin: http://bar.com"))
                .isEqualTo(Map.of("X-Content-Type-Options", "nosniff", "Access-Control-Allow-Origin", "*"));
    }

    @Test
    void otlp_preflight_isAllowedHeadersOfItsClients() {
        String always = "content-type,content-encoding,authorization,x-requested-with";

        assertThat(CorsFilter.allowedOtlpHeaders(null)).isEqualTo(always);
        assertThat(CorsFilter.allowedOtlpHeaders("Traceparent, x-tenant,api-key,authorization,b3,tracestate"))
                .isEqualTo(always + ",b3,traceparent,tracestate,x-tenant");
    }

    private static Map<String, String> begin(String allowed, String... lines) {
        return headers(Map.of("ZIPKIN_QUERY_ALLOWED_ORIGINS", allowed), HttpDoubles.request(lines));
    }

    private static Map<String, String> beginOtlp(String allowed, String... lines) {
        return headers(Map.of("COLLECTOR_OTLP_ALLOWED_ORIGINS", allowed), HttpDoubles.requestOf("/v1/traces", lines));
    }

    private static Map<String, String> headers(Map<String, String> texts, HttpServletRequest request) {
        Map<String, String> headers = HttpDoubles.headers();
        ZipkinSettings settings = ZipkinSettings.read(texts::get);
        new CorsPolicy(settings.query(), settings.otlp()).begin(request, HttpDoubles.response(headers));
        return headers;
    }
}
