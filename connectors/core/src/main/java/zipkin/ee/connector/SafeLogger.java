package zipkin.ee.connector;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The logger of all classes. Everything it logs is made safe by {@link LogText}, so callers need
 * not know whether a text comes from input or holds a secret. A test forbids other loggers.
 */
public final class SafeLogger implements System.Logger {
    private final System.Logger delegate;
    private final UnaryOperator<String> safe;

    SafeLogger(System.Logger delegate, UnaryOperator<String> safe) {
        this.delegate = delegate;
        this.safe = safe;
    }

    /** Returns a logger that writes each message as one line. */
    public static System.Logger of(String name) {
        return new SafeLogger(System.getLogger(name), LogText::line);
    }

    /** Returns a logger that keeps line breaks. Callers have to make foreign parts safe. */
    public static System.Logger ofScreens(String name) {
        return new SafeLogger(
                System.getLogger(name),
                text -> text.lines().map(LogText::line).collect(Collectors.joining(System.lineSeparator())));
    }

    @Override
    public String getName() {
        return delegate.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return delegate.isLoggable(level);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (!delegate.isLoggable(level)) {
            return;
        }
        String text = safe.apply(String.valueOf(message));
        if (thrown == null) {
            delegate.log(level, text);
        } else {
            delegate.log(level, text, LoggedError.of(thrown));
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... params) {
        if (!delegate.isLoggable(level)) {
            return;
        }
        String pattern = String.valueOf(format);
        boolean literal = params == null || params.length == 0;
        delegate.log(level, safe.apply(literal ? pattern : MessageFormat.format(pattern, params)));
    }
}
