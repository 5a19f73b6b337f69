package zipkin.ee.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SafeLoggerTest {
    private static final String FORGED = "bad\r\n2026-01-01 ERROR forged \u001b[2J\u202e";
    private static final String SHOWN = "bad\\r\\n2026-01-01 ERROR forged \\u001b[2J\\u202e";

    private final List<String> lines = new ArrayList<>();
    private final List<@Nullable Throwable> errors = new ArrayList<>();
    private final System.Logger logger = new SafeLogger(new Recorder(), LogText::line);

    @Test
    void message_inAllItsForms_isOneLine() {
        logger.log(Level.INFO, FORGED);
        logger.log(Level.INFO, () -> FORGED);
        logger.log(Level.INFO, (Object) FORGED);
        logger.log(Level.INFO, "{0}", FORGED);
        logger.log(Level.INFO, FORGED, new IllegalStateException());
        logger.log(Level.INFO, () -> FORGED, new IllegalStateException());
        assertThat(lines).containsExactly(SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN);
    }

    @Test
    void braces_inALiteralMessage_areNoPattern() {
        logger.log(Level.INFO, "{0} it's {");
        logger.log(Level.INFO, "{0} is", "{1}");
        assertThat(lines).containsExactly("{0} it's {", "{1} is");
    }

    @Test
    void level_thatIsOff_isNotLogged() {
        logger.log(Level.DEBUG, "{0}", FORGED);
        logger.log(Level.DEBUG, FORGED, new IllegalStateException());
        assertThat(lines).isEmpty();
    }

    @Test
    void exception_thatIsSafe_isLoggedItself() {
        RuntimeException error = new IllegalStateException("as it is", new RuntimeException("so is this"));
        logger.log(Level.INFO, "failed", error);
        assertThat(errors).containsExactly(error);
    }

    @Test
    void exception_withForgedLinesAndSecrets_keepsItsTraceWithoutThem() {
        RuntimeException cause = new IllegalArgumentException("http://u:secret@h");
        cause.addSuppressed(new RuntimeException("also\nforged"));
        RuntimeException error = new IllegalStateException(FORGED, cause);
        logger.log(Level.INFO, "failed", error);

        StringWriter text = new StringWriter();
        Throwable logged = errors.get(0);
        assertThat(logged).isNotNull();
        logged.printStackTrace(new PrintWriter(text));
        assertThat(text.toString().lines().filter(line -> !line.matches("\t+(at |\\.\\.\\.).*")))
                .containsExactly(
                        "java.lang.IllegalStateException: " + SHOWN,
                        "Caused by: java.lang.IllegalArgumentException: http://…@h",
                        "\tSuppressed: java.lang.RuntimeException: also\\nforged");
        assertThat(logged.getStackTrace()).isEqualTo(error.getStackTrace());
    }

    @Test
    void exception_thatIsItsOwnCause_isLogged() {
        IllegalStateException first = new IllegalStateException("a\nb");
        IllegalStateException second = new IllegalStateException("c", first);
        first.initCause(second);
        logger.log(Level.INFO, "failed", first);
        assertThat(String.valueOf(errors.get(0))).isEqualTo("java.lang.IllegalStateException: a\\nb");
    }

    @Test
    void screen_keepsItsLines_andNothingElseThatIsNotPrinted() {
        System.Logger screens = new SafeLogger(
                new Recorder(),
                text -> String.join("|", text.lines().map(LogText::line).toList()));
        screens.log(Level.INFO, "one\ntwo\u001b");
        assertThat(lines).containsExactly("one|two\\u001b");
    }

    private final class Recorder implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.DEBUG;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            lines.add(message);
            errors.add(thrown);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... params) {
            assertThat(params).isNull();
            lines.add(format);
        }
    }
}
