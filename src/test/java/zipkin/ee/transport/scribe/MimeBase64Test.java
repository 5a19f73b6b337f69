package zipkin.ee.transport.scribe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.hostile.Fuzzing;

class MimeBase64Test {
    private static final String CHARACTERS = "AQZaz059+/==\n\r -_\0\u00ff";

    @ParameterizedTest
    @ValueSource(strings = {"", "QUJD", "QUI=", "QQ==", "QUJD\nREVG\r\n", "A", "=", "QQ=", "QQ=x", "QQ==QQ==", "QUJD="})
    void text_isReadAsTheJdkReadsIt(String text) {
        assertSameAsTheJdk(text.getBytes(ISO_8859_1));
    }

    @Test
    void randomTexts_areReadAsTheJdkReadsThem() {
        Random random = new Random(64);
        int read = 0;
        for (int i = 0; i < Fuzzing.MUTATIONS; i++) {
            byte[] text = new byte[random.nextInt(14)];
            for (int at = 0; at < text.length; at++) {
                text[at] = (byte) CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            }
            read += assertSameAsTheJdk(text) ? 1 : 0;
        }
        assertThat(read).isBetween(Fuzzing.MUTATIONS / 20, Fuzzing.MUTATIONS - Fuzzing.MUTATIONS / 20);
    }

    private static boolean assertSameAsTheJdk(byte[] text) {
        byte[] frame = new byte[3 + text.length + 2];
        System.arraycopy(text, 0, frame, 3, text.length);
        int end = MimeBase64.decode(frame, 3, 3 + text.length, 1);

        byte @Nullable [] expected = jdk(text);
        assertThat(end < 0 ? null : Arrays.copyOfRange(frame, 1, end))
                .as(new String(text, ISO_8859_1))
                .isEqualTo(expected);
        return expected != null;
    }

    private static byte @Nullable [] jdk(byte[] text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
