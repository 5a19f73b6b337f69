package zipkin.ee.fault;

import java.lang.System.Logger;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A logger that keeps what is logged from INFO on, as "LEVEL text"; a stack trace is kept too, so
 * that a test sees it.
 */
public final class RecordedLog implements Logger {
    private final List<String> lines = new ArrayList<>();

    public List<String> lines() {
        return lines;
    }

    @Override
    public String getName() {
        return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.INFO.getSeverity();
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable error) {
        if (isLoggable(level)) {
            lines.add(level + " " + text + (error == null ? "" : " with " + error));
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
        if (isLoggable(level)) {
            lines.add(level + " " + (parameters == null ? format : MessageFormat.format(format, parameters)));
        }
    }
}
