package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "2m, PT2M", "1h, PT1H", "PT11S, PT11S", "60000, PT60S"})
    void duration_inEveryForm_isRead(String text, Duration expected) throws InvalidPropertyException {
        assertThat(Property.duration("COLLECTOR_MAX_BACKOFF", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "-1s", "1d-", "99999999999999999999", "9223372036854775807h"})
    void duration_thatIsNone_isRefusedByTheSettingsName(String text) {
        assertThatThrownBy(() -> Property.duration("COLLECTOR_MAX_BACKOFF", text))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage("COLLECTOR_MAX_BACKOFF=" + text + ": must be " + SettingText.DURATION);
    }

    @Test
    void value_thatMayHoldASecret_isRefusedWithoutIt() {
        assertThatThrownBy(() -> Property.duration("COLLECTOR_MAX_BACKOFF", "http://u:s3cr3t@h"))
                .hasMessage("COLLECTOR_MAX_BACKOFF=http://… (17 characters): must be a positive duration "
                        + "such as 500ms, 11s, 2m, 1h or PT11S; a bare number counts milliseconds");
    }

    @Test
    void number_outsideItsRangeOrNone_isRefusedByTheSettingsName() throws InvalidPropertyException {
        assertThat(Property.number("KAFKA_STREAMS", " 3 ", 1, 1000)).isEqualTo(3);
        for (String text : new String[] {"0", "1001", "abc", ""}) {
            assertThatThrownBy(() -> Property.number("KAFKA_STREAMS", text, 1, 1000))
                    .hasMessage("KAFKA_STREAMS=" + text + ": must be a whole number from 1 to 1000");
        }
    }

    @Test
    void flag_thatIsNone_isRefusedByTheSettingsName() throws InvalidPropertyException {
        assertThat(Property.flag("KAFKA_DEAD_LETTERS", "true")).isTrue();
        assertThat(Property.flag("KAFKA_DEAD_LETTERS", "false")).isFalse();
        assertThat(Property.flag("KAFKA_DEAD_LETTERS", "No")).isFalse();
        assertThatThrownBy(() -> Property.flag("KAFKA_DEAD_LETTERS", "maybe"))
                .hasMessage("KAFKA_DEAD_LETTERS=maybe: must be true or false");
    }
}
