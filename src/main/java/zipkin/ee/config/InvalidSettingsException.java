package zipkin.ee.config;

import java.util.List;

/** Settings that stop the deployment: each with its name, its value and what is allowed. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingsException(List<String> errors) {
        super("Zipkin EE cannot start, correct these settings: " + String.join("; ", errors));
    }
}
