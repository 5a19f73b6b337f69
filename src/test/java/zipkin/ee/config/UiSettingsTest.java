package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;

class UiSettingsTest {
    @Test
    void read_documentedNames_areTaken() {
        UiSettings expected = new UiSettings(
                true,
                "/admin/zipkin",
                "prod",
                20,
                3_600_000,
                false,
                "http://l",
                "http://s",
                "http://p",
                "http://a",
                false,
                0.1f,
                2f,
                "'self' https://grafana.example");

        assertThat(read(Map.ofEntries(
                        Map.entry("ZIPKIN_UI_BASEPATH", "/admin/zipkin"),
                        Map.entry("ZIPKIN_UI_ENVIRONMENT", "prod"),
                        Map.entry("ZIPKIN_UI_QUERY_LIMIT", "20"),
                        Map.entry("ZIPKIN_UI_DEFAULT_LOOKBACK", "3600000"),
                        Map.entry("ZIPKIN_UI_SEARCH_ENABLED", "false"),
                        Map.entry("ZIPKIN_UI_LOGS_URL", "http://l"),
                        Map.entry("ZIPKIN_UI_SUPPORT_URL", "http://s"),
                        Map.entry("ZIPKIN_UI_ARCHIVE_POST_URL", "http://p"),
                        Map.entry("ZIPKIN_UI_ARCHIVE_URL", "http://a"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_ENABLED", "false"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_LOW_ERROR_RATE", "0.1"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_HIGH_ERROR_RATE", "2"),
                        Map.entry("ZIPKIN_UI_FRAME_ANCESTORS", "'self', https://grafana.example"))))
                .isEqualTo(expected);
        assertThat(read(Map.ofEntries(
                        Map.entry("ZIPKIN_UI_BASEPATH", "/admin/zipkin"),
                        Map.entry("ZIPKIN_UI_ENVIRONMENT", "prod"),
                        Map.entry("ZIPKIN_UI_QUERYLIMIT", "20"),
                        Map.entry("ZIPKIN_UI_DEFAULTLOOKBACK", "3600000"),
                        Map.entry("ZIPKIN_UI_SEARCHENABLED", "false"),
                        Map.entry("ZIPKIN_UI_LOGSURL", "http://l"),
                        Map.entry("ZIPKIN_UI_SUPPORTURL", "http://s"),
                        Map.entry("ZIPKIN_UI_ARCHIVEPOSTURL", "http://p"),
                        Map.entry("ZIPKIN_UI_ARCHIVEURL", "http://a"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_ENABLED", "false"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_LOWERRORRATE", "0.1"),
                        Map.entry("ZIPKIN_UI_DEPENDENCY_HIGHERRORRATE", "2"),
                        Map.entry("ZIPKIN_UI_FRAME_ANCESTORS", "'self',https://grafana.example"))))
                .isEqualTo(expected);
    }

    @Test
    void read_otherConcernsOff_areFollowed() {
        UiSettings settings = read(Map.of("QUERY_ENABLED", "false", "SEARCH_ENABLED", "false"));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.searchEnabled()).isFalse();
    }

    @Test
    void read_ownNames_winOverOtherConcerns() {
        UiSettings settings = read(Map.of(
                "QUERY_ENABLED",
                "false",
                "UI_ENABLED",
                "true",
                "SEARCH_ENABLED",
                "false",
                "ZIPKIN_UI_SEARCH_ENABLED",
                "true"));

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.searchEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/zipkin, /zipkin", "/zipkin/, /zipkin", "/, ''", "/a/b//, /a/b"})
    void basePath_slashesAtEnd_areDropped(String text, String expected) {
        assertThat(read(Map.of("ZIPKIN_UI_BASEPATH", text)).basePath()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"zipkin, zipkin", "/a\"b, … (4 characters)", "/<script>, … (9 characters)", "/a b, /a b"})
    void basePath_noPath_isRefused(String text, String shown) {
        assertThatThrownBy(() -> read(Map.of("ZIPKIN_UI_BASEPATH", text)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Zipkin EE cannot start, correct these settings: ZIPKIN_UI_BASEPATH=" + shown
                        + ": must be a path that starts with /");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'none'", "*", "https:", "https://*.example.com:8443/grafana/", "grafana", "http://localhost:*"})
    void frameAncestors_sources_areTaken(String text) {
        assertThat(read(Map.of("ZIPKIN_UI_FRAME_ANCESTORS", text)).frameAncestors())
                .isEqualTo(text);
    }

    @Test
    void frameAncestors_notSet_areThisServerOnly() {
        assertThat(read(Map.of()).frameAncestors()).isEqualTo("'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'self'; script-src *", "self'", "https://a b", "https://a\r\nX: y"})
    void frameAncestors_noSource_isRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("ZIPKIN_UI_FRAME_ANCESTORS", text)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("ZIPKIN_UI_FRAME_ANCESTORS")
                .hasMessageEndingWith(": must be a comma separated list of 'self', 'none', * or origins such as "
                        + "https://grafana.example");
    }

    private static UiSettings read(Map<String, String> environment) {
        return ZipkinSettings.read(environment::get).ui();
    }
}
