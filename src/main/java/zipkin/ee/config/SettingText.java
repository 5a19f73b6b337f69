package zipkin.ee.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Readings of setting texts, with the spellings that Zipkin's Spring Boot configuration accepts.
 */
final class SettingText {
    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)?");

    private SettingText() {}

    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("not true or false");
        };
    }

    static long number(String text, long min, long max) {
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    static double decimal(String text, double min, double max) {
        double value = Double.parseDouble(text);
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    static Duration duration(String text) {
        Duration value = durationOrZero(text);
        if (value.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return value;
    }

    static Duration durationOrZero(String text) {
        Matcher simple = SIMPLE_DURATION.matcher(text);
        Duration value = simple.matches() ? simpleDuration(simple) : Duration.parse(text);
        if (value.isNegative()) {
            throw new IllegalArgumentException("negative");
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
