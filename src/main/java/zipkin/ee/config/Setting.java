package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * One setting as an administrator sees it. The name is that of the environment variable, of the
 * system property and of the MicroProfile Config property alike.
 *
 * @param name environment name, {@code COLLECTOR_SAMPLE_RATE}
 * @param aliases further names that are read when {@code name} is absent, in order
 * @param defaultText the value used when none is set; empty for none
 * @param allowed what values are accepted, for error messages and docs/operating/settings.md
 * @param description one sentence for docs/operating/settings.md
 * @param parser turns the trimmed, not empty text into the value; throws IllegalArgumentException
 *     otherwise
 */
public record Setting<T>(
        String name, List<String> aliases, String defaultText, String allowed, String description, Parser<T> parser) {

    /** Turns a setting's text into its value. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text);
    }

    static Setting<String> text(String name, String defaultText, String description) {
        return new Setting<>(name, List.of(), defaultText, "any text", description, text -> text);
    }

    /** A comma separated list; blanks around items and empty items are dropped. */
    static Setting<List<String>> list(String name, String defaultText, String description) {
        return new Setting<>(name, List.of(), defaultText, "a comma separated list", description, SettingText::list);
    }

    /** One of some words, whatever their case; the first is the default. */
    static Setting<String> choice(String name, List<String> words, String description) {
        return new Setting<>(
                name, List.of(), words.get(0), String.join(" or ", words), description, text -> words.stream()
                        .filter(text::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("none of " + words)));
    }

    static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
        return new Setting<>(
                name, List.of(), Boolean.toString(defaultValue), "true or false", description, SettingText::flag);
    }

    static Setting<Integer> integer(String name, int defaultValue, int min, int max, String description) {
        String allowed = "a whole number from " + min + " to " + max;
        return new Setting<>(name, List.of(), Integer.toString(defaultValue), allowed, description, text ->
                (int) SettingText.number(text, min, max));
    }

    static Setting<Long> number(String name, long defaultValue, long min, long max, String description) {
        String allowed = "a whole number from " + min + " to " + max;
        return new Setting<>(
                name,
                List.of(),
                Long.toString(defaultValue),
                allowed,
                description,
                text -> SettingText.number(text, min, max));
    }

    static Setting<Double> decimal(String name, double defaultValue, double min, double max, String description) {
        String allowed = "a number from " + min + " to " + max;
        return new Setting<>(
                name,
                List.of(),
                Double.toString(defaultValue),
                allowed,
                description,
                text -> SettingText.decimal(text, min, max));
    }

    static Setting<Duration> duration(String name, String defaultText, String description) {
        return new Setting<>(
                name,
                List.of(),
                defaultText,
                "a positive duration such as 500ms, 11s, 2m, 1h or PT11S; a bare number counts milliseconds",
                description,
                SettingText::duration);
    }

    /** As {@link #duration}, and zero is a value of its own. */
    static Setting<Duration> durationOrZero(String name, String defaultText, String description) {
        return new Setting<>(
                name,
                List.of(),
                defaultText,
                "0 or a duration such as 500ms, 11s, 2m, 1h, 7d or PT11S; a bare number counts milliseconds",
                description,
                SettingText::durationOrZero);
    }

    Setting<T> orNamed(String... otherNames) {
        return new Setting<>(name, List.of(otherNames), defaultText, allowed, description, parser);
    }

    Setting<T> describedDefault(String text) {
        return new Setting<>(name, aliases, text, allowed, description, parser);
    }
}
