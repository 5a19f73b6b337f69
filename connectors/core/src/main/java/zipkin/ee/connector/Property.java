package zipkin.ee.connector;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;

/**
 * Reads activation properties, which all are text. Errors name the setting by which the
 * administrator gave it.
 */
public final class Property {
    private Property() {}

    public static int number(String setting, String text, int min, int max) throws InvalidPropertyException {
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw refused(setting, text, "a whole number from " + min + " to " + max);
    }

    public static boolean flag(String setting, String text) throws InvalidPropertyException {
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(setting, text, "true or false");
        };
    }

    /** 500ms, 30s, 2m, 1h, or a number of milliseconds. */
    public static Duration duration(String setting, String text) throws InvalidPropertyException {
        String trimmed = text.trim();
        try {
            Duration value;
            if (trimmed.endsWith("ms")) {
                value = Duration.ofMillis(Long.parseLong(trimmed.substring(0, trimmed.length() - 2)));
            } else if (trimmed.matches("\\d+[smh]")) {
                value = Duration.parse("PT" + trimmed);
            } else if (trimmed.startsWith("P")) {
                value = Duration.parse(trimmed);
            } else {
                value = Duration.ofMillis(Long.parseLong(trimmed));
            }
            if (!value.isNegative() && !value.isZero()) {
                return value;
            }
        } catch (ArithmeticException | IllegalArgumentException | java.time.DateTimeException e) {
            // Told below.
        }
        throw refused(setting, text, "a positive duration such as 500ms, 30s, 2m");
    }

    private static InvalidPropertyException refused(String setting, String text, String allowed) {
        return new InvalidPropertyException(setting + "=" + SecretMask.value(setting, text) + ": must be " + allowed);
    }
}
