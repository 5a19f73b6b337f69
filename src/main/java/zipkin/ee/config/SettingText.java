package zipkin.ee.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of settings, with the spellings that Zipkin's Spring Boot configuration accepts.
 * The WAR and the resource adapters can't share a class, so each has this one: a test compares
 * their sources. All methods but {@link #given} expect a text from there and throw
 * IllegalArgumentException when it is not allowed.
 */
public final class SettingText {
    public static final String FLAG = "true or false";
    public static final String DURATION =
            "a positive duration such as 500ms, 11s, 2m, 1h or PT11S; a bare number counts milliseconds";
    public static final String DURATION_OR_ZERO =
            "0 or a duration such as 500ms, 11s, 2m, 1h, 7d or PT11S; a bare number counts milliseconds";

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);
    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)?");

    private SettingText() {}

    /** The text without blanks around it; null when nothing is left, which means not set. */
    public static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Items separated by commas, without blanks around them and without empty ones. */
    public static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    public static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("not true or false");
        };
    }

    public static long number(String text, long min, long max) {
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    /** What {@link #number} allows, for error messages. */
    public static String range(long min, long max) {
        return "a whole number from " + min + " to " + max;
    }

    public static double decimal(String text, double min, double max) {
        double value = Double.parseDouble(text);
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    public static Duration duration(String text) {
        Duration value = durationOrZero(text);
        if (value.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return value;
    }

    /** At most as long as milliseconds count. */
    public static Duration durationOrZero(String text) {
        Duration value;
        try {
            Matcher simple = SIMPLE_DURATION.matcher(text);
            value = simple.matches() ? simpleDuration(simple) : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a duration", e);
        }
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static Duration simpleDuration(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return switch (unit == null ? "ms" : unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofMillis(amount);
        };
    }
}
