package zipkin.ee.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, \\u0000",
        "7, \\u0007",
        "9, \\t",
        "10, \\n",
        "13, \\r",
        "27, \\u001b",
        "127, \\u007f",
        "133, \\u0085",
        "155, \\u009b",
        "173, \\u00ad",
        "8203, \\u200b",
        "8206, \\u200e",
        "8232, \\u2028",
        "8233, \\u2029",
        "8238, \\u202e",
        "8297, \\u2069",
        "65279, \\ufeff",
        "55357, \\ud83d",
        "56832, \\ude00",
        "917569, \\u{e0041}"
    })
    void line_withACharacterThatIsNotPrinted_namesIt(int codePoint, String shown) {
        assertThat(LogText.line("a" + Character.toString(codePoint) + "b")).isEqualTo("a" + shown + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain text", "Grüße, 日本語, \uD83D\uDE00", "C:\\path", "{\"json\": [1, 2]}"})
    void line_thatIsPrinted_isUnchanged(String text) {
        assertThat(LogText.line(text)).isEqualTo(text);
    }

    @Test
    void line_ofTwoLines_forgesNone() {
        assertThat(LogText.line("bad\r\n2026-01-01 00:00:00,000 ERROR [zipkin.ee] forged"))
                .isEqualTo("bad\\r\\n2026-01-01 00:00:00,000 ERROR [zipkin.ee] forged");
    }

    @Test
    void line_ofAMillionCharacters_isCutAndSaysSo() {
        assertThat(LogText.line("x".repeat(1_000_000))).isEqualTo("x".repeat(4000) + "… (1000000 characters)");
    }

    /**
     * A masked text of the greatest length takes milliseconds at most, whatever a pattern may try
     * on it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/", "a", "a:", "//a", "//a:b ", "pass", "token=", "\"token\" : ", "x-", "u:p@", "bearer "})
    void line_madeForThePatterns_takesNoLongTime(String part) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 10; i++) {
                LogText.line("@" + part.repeat(1000));
            }
        });
    }

    @Test
    void line_ofNull_isNull() {
        assertThat(LogText.line(null)).isEqualTo("null");
    }
}
