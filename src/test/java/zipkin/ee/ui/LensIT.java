package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * Asks Zipkin EE and the reference the same and compares their answers. Their versions of Lens may
 * differ.
 */
class LensIT {
    private static final Pattern HASHED_FILE = Pattern.compile("/static/(?:js|css)/index\\.([^.]+)\\.(js|css)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, String> SETTINGS = Map.of(
            "ZIPKIN_UI_ENVIRONMENT", "prod \"x\"",
            "ZIPKIN_UI_QUERY_LIMIT", "20",
            "ZIPKIN_UI_DEFAULTLOOKBACK", "3600000",
            "ZIPKIN_UI_LOGS_URL", "http://logs/{traceId}?a=b&c",
            "ZIPKIN_UI_BASEPATH", "/admin/zipkin",
            "ZIPKIN_UI_DEPENDENCY_HIGH_ERROR_RATE", "1",
            "SEARCH_ENABLED", "false");

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess reference;

    @SuppressWarnings("NullAway.Init")
    private static LeasedServer lease;

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess zipkinEe;

    /** What is compared of an answer. */
    private record Answer(int status, Map<String, String> headers, String body) {}

    @BeforeAll
    static void start() {
        reference = ReferenceServer.start(SETTINGS);
        lease = LeasedServer.start(SETTINGS);
        zipkinEe = lease.server();
    }

    @AfterAll
    static void stop() {
        lease.close();
        reference.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?a=b&c=d",
                "/zipkin",
                "/zipkin?a=b",
                "/zipkin/",
                "/zipkin/?serviceName=frontend&lookback=15m",
                "/zipkin/index.html",
                "/zipkin/traces/48485a3953bb6124",
                "/zipkin/traces",
                "/zipkin/traces/",
                "/zipkin/traces/a/b",
                "/zipkin/dependency",
                "/zipkin/dependency/",
                "/zipkin/traceViewer",
                "/zipkin/config.json",
                "/zipkin/config.json/",
                "/zipkin/%63onfig.json",
                "/favicon.ico",
                "/zipkin/favicon.ico",
                "/zipkin/static/media/zipkin-logo.png",
                "/zipkin/static/",
                "/zipkin/nope",
                "/zipkin/INDEX.html"
            })
    void get_path_equalsReference(String path) throws Exception {
        assertThat(ask(zipkinEe, "GET", path)).isEqualTo(ask(reference, "GET", path));
        assertThat(ask(zipkinEe, "HEAD", path)).isEqualTo(ask(reference, "HEAD", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void otherMethod_anyPath_equalsReference(String method) throws Exception {
        for (String path : new String[] {
            "/", "/favicon.ico", "/zipkin", "/zipkin/", "/zipkin/config.json", "/zipkin/traces/1", "/zipkin/nope"
        }) {
            assertThat(ask(zipkinEe, method, path)).as(path).isEqualTo(ask(reference, method, path));
        }
    }

    @ParameterizedTest
    @CsvSource({"/zipkin/", "/zipkin/config.json", "/zipkin/favicon.ico"})
    void get_conditional_equalsReference(String path) throws Exception {
        for (ServerProcess server : new ServerProcess[] {reference, zipkinEe}) {
            HttpResponse<byte[]> first = send(server, "GET", path);
            String tag = first.headers().firstValue("etag").orElseThrow();
            String time = first.headers().firstValue("last-modified").orElseThrow();

            assertThat(send(server, "GET", path, "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
            assertThat(send(server, "GET", path, "If-None-Match", "\"x\", W/" + tag)
                            .statusCode())
                    .isEqualTo(304);
            assertThat(send(server, "GET", path, "If-Modified-Since", time).statusCode())
                    .isEqualTo(304);
            assertThat(send(server, "GET", path, "If-None-Match", "\"x\"", "If-Modified-Since", time)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(ask(zipkinEe, "GET", path, "If-None-Match", "*"))
                .isEqualTo(ask(reference, "GET", path, "If-None-Match", "*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br", "identity", "gzip;q=0"})
    void get_acceptEncoding_equalsReference(String acceptEncoding) throws Exception {
        for (String path : new String[] {"/zipkin/", "/zipkin/config.json", "/zipkin/favicon.ico"}) {
            assertThat(ask(zipkinEe, "GET", path, "Accept-Encoding", acceptEncoding))
                    .isEqualTo(ask(reference, "GET", path, "Accept-Encoding", acceptEncoding));
        }
        assertThat(askScript(zipkinEe, acceptEncoding)).isEqualTo(askScript(reference, acceptEncoding));
    }

    @Test
    void script_gzip_inflatesToPlain() throws Exception {
        String script = script(zipkinEe);
        byte[] compressed =
                send(zipkinEe, "GET", script, "Accept-Encoding", "gzip").body();

        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            assertThat(in.readAllBytes())
                    .isEqualTo(send(zipkinEe, "GET", script).body());
        }
    }

    private static String script(ServerProcess server) throws IOException, InterruptedException {
        String index = new String(send(server, "GET", "/zipkin/").body(), ISO_8859_1);
        Matcher file = HASHED_FILE.matcher(index);
        assertThat(file.find()).isTrue();
        return "/zipkin" + file.group();
    }

    /** The two serve different scripts, so only headers are compared. */
    private static Answer askScript(ServerProcess server, String acceptEncoding)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(server, "GET", script(server), "Accept-Encoding", acceptEncoding);
        return new Answer(response.statusCode(), headers(response), "");
    }

    private static Answer ask(ServerProcess server, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(server, method, path, headers);
        String body = new String(response.body(), ISO_8859_1);
        return new Answer(
                response.statusCode(),
                headers(response),
                HASHED_FILE.matcher(body).replaceAll("/static/$2"));
    }

    private static Map<String, String> headers(HttpResponse<byte[]> response) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : new String[] {"Cache-Control", "Content-Encoding", "Content-Type", "Location", "Vary"}) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value.replace("; ", ";")));
        }
        if (response.statusCode() == 304 && !ZipkinEeServer.isWildFly()) {
            headers.remove("Content-Type"); // deviation payara-not-modified
        }
        for (String name : new String[] {"ETag", "Last-Modified"}) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, "any"));
        }
        return headers;
    }

    private static HttpResponse<byte[]> send(ServerProcess server, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.uri() + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }
}
