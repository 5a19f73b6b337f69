package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.HeapShare;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.http.answer.HttpAnswerSettings;
import zipkin.ee.ops.ServerSettings;
import zipkin.ee.storage.memory.MemorySettings;

class ZipkinSettingsTest {
    @Test
    void read_withNothingSet_givesZipkinsDefaults() {
        ZipkinSettings settings = read(Map.of());

        assertThat(settings.server()).isEqualTo(new ServerSettings(9411));
        assertThat(settings.collector())
                .isEqualTo(new CollectorSettings(1.0, 0, 1000, 8, Duration.ofSeconds(60), Duration.ofSeconds(30)));
        assertThat(settings.httpIntake())
                .isEqualTo(new HttpIntakeSettings(
                        true, 10 * 1024 * 1024, Duration.ofSeconds(30), HeapShare.percent(20), false, 16));
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1)));
        assertThat(settings.memory()).isEqualTo(new MemorySettings(500_000, HeapShare.percent(40)));
        assertThat(settings.query())
                .isEqualTo(new QuerySettings(
                        true,
                        Duration.ofSeconds(11),
                        86_400_000,
                        300,
                        10_000,
                        (int) Math.min(8, Runtime.getRuntime().maxMemory() / (64 * 1024 * 1024)),
                        (int) Math.min(
                                Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 16),
                        1000,
                        List.of("*")));
        assertThat(settings.httpAnswers())
                .isEqualTo(
                        new HttpAnswerSettings(HeapShare.percent(15), Duration.ofSeconds(30), Duration.ofMinutes(3)));
    }

    @Test
    void read_withBlankValues_givesDefaults() {
        assertThat(read(Map.of("STORAGE_TYPE", "", "MEM_MAX_SPANS", " "))).isEqualTo(read(Map.of()));
    }

    @Test
    void read_withValues_givesThem() {
        ZipkinSettings settings = read(Map.of(
                "COLLECTOR_SAMPLE_RATE", "0.25",
                "HTTP_COLLECTOR_ENABLED", "no",
                "AUTOCOMPLETE_KEYS", " env , region,,",
                "QUERY_TIMEOUT", "2m",
                "SEARCH_ENABLED", "FALSE",
                "ZIPKIN_QUERY_ALLOWED_ORIGINS", "http://a,http://b"));

        assertThat(settings.collector().sampleRate()).isEqualTo(0.25);
        assertThat(settings.httpIntake().enabled()).isFalse();
        assertThat(settings.storage().autocompleteKeys()).containsExactly("env", "region");
        assertThat(settings.storage().searchEnabled()).isFalse();
        assertThat(settings.query().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.query().allowedOrigins()).containsExactly("http://a", "http://b");
    }

    @Test
    void read_withNameAndAlias_prefersTheName() {
        ZipkinSettings settings = read(Map.of("COLLECTOR_HTTP_ENABLED", "true", "HTTP_COLLECTOR_ENABLED", "false"));

        assertThat(settings.httpIntake().enabled()).isTrue();
    }

    @Test
    void read_withWrongValues_namesEachWithValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> read(Map.of(
                        "COLLECTOR_SAMPLE_RATE", "7",
                        "MEM_MAX_SPANS", "many",
                        "QUERY_TIMEOUT", "soon",
                        "STRICT_TRACE_ID", "maybe")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Zipkin EE cannot start, correct these settings: "
                        + "COLLECTOR_SAMPLE_RATE=7: must be a number from 0.0 to 1.0; "
                        + "STRICT_TRACE_ID=maybe: must be true or false; "
                        + "MEM_MAX_SPANS=many: must be a whole number from 1 to 2147483647; "
                        + "QUERY_TIMEOUT=soon: must be a positive duration such as 500ms, 11s, 2m, 1h or PT11S; "
                        + "a bare number counts milliseconds");
    }

    @Test
    void duration_inEverySpelling_isRead() {
        assertThat(SettingText.duration("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(SettingText.duration("11s")).isEqualTo(Duration.ofSeconds(11));
        assertThat(SettingText.duration("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(SettingText.duration("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(SettingText.duration("3600000")).isEqualTo(Duration.ofHours(1));
        assertThat(SettingText.duration("PT11S")).isEqualTo(Duration.ofSeconds(11));
    }

    private static ZipkinSettings read(Map<String, String> values) {
        return ZipkinSettings.read(values::get);
    }
}
