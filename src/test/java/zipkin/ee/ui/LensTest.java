package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;

class LensTest {
    private final WarFolder war = new WarFolder()
            .with("/WEB-INF/lens/index.html", "<base href=\"/zipkin/\" >")
            .with("/WEB-INF/lens/favicon.ico", "icon");
    private final Lens lens = new Lens(
            ZipkinSettings.read(name -> null).ui(),
            new LensFiles(war.context(), "/WEB-INF/lens"),
            Instant.parse("2026-01-02T03:04:05.678Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/dependency", "/traceViewer", "/traces/48485a3953bb6124", "/traces/%C3%A9"})
    void find_routeOfLens_isIndex(String path) {
        Asset index = Objects.requireNonNull(lens.find(path));

        assertThat(new String(index.plain().body(), UTF_8)).isEqualTo("<base href=\"/zipkin/\" >");
        assertThat(index.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(index.maxAgeSeconds()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/traces",
                "/traces/",
                "/traces/a/b",
                "/dependency/",
                "/traceviewer",
                "/config.json/",
                "/nope"
            })
    void find_noRouteOfLens_isNull(String path) {
        assertThat(lens.find(path)).isNull();
    }

    @Test
    void find_config_isJson() {
        Asset config = Objects.requireNonNull(lens.find("/config.json"));

        assertThat(config.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(config.maxAgeSeconds()).isEqualTo(600);
        assertThat(new String(config.plain().body(), UTF_8)).startsWith("{\n  \"environment\" : \"\",\n");
    }

    @Test
    void find_file_isFile() {
        assertThat(Objects.requireNonNull(lens.find("/favicon.ico")).contentType())
                .isEqualTo("image/x-icon");
    }

    @Test
    void lastModified_startWithinSecond_isWholeSecond() {
        assertThat(lens.lastModified()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    }
}
