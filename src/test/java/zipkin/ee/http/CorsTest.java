package zipkin.ee.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.config.ZipkinSettings;

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

    private static Map<String, String> begin(String allowed, String... lines) {
        Map<String, String> settings = Map.of("ZIPKIN_QUERY_ALLOWED_ORIGINS", allowed);
        Map<String, String> headers = HttpDoubles.headers();
        new CorsPolicy(ZipkinSettings.read(settings::get).query())
                .begin(HttpDoubles.request(lines), HttpDoubles.response(headers));
        return headers;
    }
}
