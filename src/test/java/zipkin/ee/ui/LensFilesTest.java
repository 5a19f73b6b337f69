package zipkin.ee.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LensFilesTest {
    private final WarFolder war = new WarFolder()
            .with("/WEB-INF/web.xml", "<secret/>")
            .with("/WEB-INF/lens/favicon.ico", "icon")
            .with("/WEB-INF/lens/static/js/index.C7HQpo4W.js", "script")
            .with("/WEB-INF/lens/static/LICENSE", "words");
    private final LensFiles files = new LensFiles(war.context(), "/WEB-INF/lens");

    @Test
    void find_knownName_hasContentTypeAndAge() {
        Asset script = Objects.requireNonNull(files.find("/static/js/index.C7HQpo4W.js"));

        assertThat(new String(script.plain().body(), UTF_8)).isEqualTo("script");
        assertThat(script.contentType()).isEqualTo("application/javascript; charset=utf-8");
        assertThat(script.maxAgeSeconds()).isEqualTo(31_536_000);
    }

    @Test
    void find_unknownEnding_hasNoContentType() {
        assertThat(Objects.requireNonNull(files.find("/static/LICENSE")).contentType())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/static",
                "/static/",
                "/static/js",
                "/nope",
                "/FAVICON.ICO",
                "/favicon.ico/",
                "//favicon.ico",
                "/../web.xml",
                "/static/../../web.xml",
                "/%2e%2e/web.xml",
                "/static/../favicon.ico"
            })
    void find_anythingElse_isNull(String name) {
        assertThat(files.find(name)).isNull();
        assertThat(war.opened).isEmpty();
    }

    @Test
    void find_twice_readsOnce() {
        assertThat(files.find("/favicon.ico")).isSameAs(files.find("/favicon.ico"));
        assertThat(war.opened.get("/WEB-INF/lens/favicon.ico")).isEqualTo(1);
    }

    @Test
    void read_missing_tellsHowToBuild() {
        assertThatThrownBy(() -> files.read("/index.html"))
                .hasRootCauseMessage("/WEB-INF/lens/index.html is missing in the WAR. Build it by: mvn package");
    }

    @Test
    void find_warWithoutLens_isNull() {
        assertThat(new LensFiles(new WarFolder().context(), "/WEB-INF/lens").find("/favicon.ico"))
                .isNull();
    }
}
