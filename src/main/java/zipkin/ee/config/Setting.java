package zipkin.ee.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One setting as an administrator sees it. The name is that of the environment variable, of the
 * system property and of the MicroProfile Config property alike.
 *
 * @param name environment name, {@code COLLECTOR_SAMPLE_RATE}
 * @param aliases further names that are read when {@code name} is absent, in order
 * @param defaultText the value used when none is set; empty for none
 * @param allowed which values are accepted, for error messages and docs/operating/settings.md
 * @param description one sentence for docs/operating/settings.md
 * @param parser turns a text without blanks around it into the value; throws
 *     IllegalArgumentException when the text is not allowed
 * @param serverReads whether the application server, or a driver or adapter that is not ours, reads
 *     the text too. Since those do not strip blanks, blanks around the text are refused.
 */
public record Setting<T>(
        String name,
        List<String> aliases,
        String defaultText,
        String allowed,
        String description,
        Function<String, T> parser,
        boolean serverReads) {

    /** A setting with a parser of its own. */
    public static <T> Setting<T> of(
            String name, String defaultText, String allowed, String description, Function<String, T> parser) {
        return new Setting<>(name, List.of(), defaultText, allowed, description, parser, false);
    }

    public static Setting<String> text(String name, String defaultText, String description) {
        return of(name, defaultText, "any text", description, text -> text);
    }

    /** A text that a regular expression matches, unless it is the default. */
    public static Setting<String> text(
            String name, String defaultText, String regex, String allowed, String description) {
        return of(name, defaultText, allowed, description, text -> {
            if (!text.equals(defaultText) && !text.matches(regex)) {
                throw new IllegalArgumentException("does not match");
            }
            return text;
        });
    }

    /** A comma separated list. Blanks around items and empty items are dropped. */
    public static Setting<List<String>> list(String name, String defaultText, String description) {
        return of(name, defaultText, "a comma separated list", description, SettingText::list);
    }

    /** One of some words, in any case. The first is the default. */
    public static Setting<String> choice(String name, List<String> words, String description) {
        return of(name, words.get(0), String.join(" or ", words), description, text -> words.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of the words")));
    }

    public static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
        return of(name, Boolean.toString(defaultValue), SettingText.FLAG, description, SettingText::flag);
    }

    /** A flag of which the application server or a driver knows the words true and false alone. */
    public static Setting<Boolean> strictFlag(String name, boolean defaultValue, String description) {
        return of(name, Boolean.toString(defaultValue), SettingText.FLAG, description, text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new IllegalArgumentException("not true or false");
                    }
                    return text.equals("true");
                })
                .readByServer();
    }

    /**
     * A flag that the application server reads by comparing words: in lower case, in upper case or
     * capitalized.
     */
    public static Setting<Boolean> serverFlag(String name, boolean defaultValue, String description) {
        return of(name, Boolean.toString(defaultValue), SettingText.FLAG, description, text -> {
                    if (!text.matches("[a-z01]*|[A-Z]*|[A-Z][a-z]*")) {
                        throw new IllegalArgumentException("mixed case");
                    }
                    return SettingText.flag(text);
                })
                .readByServer();
    }

    public static Setting<Integer> integer(String name, int defaultValue, int min, int max, String description) {
        return of(name, Integer.toString(defaultValue), SettingText.range(min, max), description, text ->
                (int) SettingText.number(text, min, max));
    }

    public static Setting<Long> number(String name, long defaultValue, long min, long max, String description) {
        return of(
                name,
                Long.toString(defaultValue),
                SettingText.range(min, max),
                description,
                text -> SettingText.number(text, min, max));
    }

    public static Setting<Double> decimal(
            String name, double defaultValue, double min, double max, String description) {
        return of(
                name,
                Double.toString(defaultValue),
                "a number from " + min + " to " + max,
                description,
                text -> SettingText.decimal(text, min, max));
    }

    public static Setting<Duration> duration(String name, String defaultText, String description) {
        return of(name, defaultText, SettingText.DURATION, description, SettingText::duration);
    }

    /** A duration for which zero has a meaning of its own. */
    public static Setting<Duration> durationOrZero(String name, String defaultText, String description) {
        return of(name, defaultText, SettingText.DURATION_OR_ZERO, description, SettingText::durationOrZero);
    }

    public Setting<T> orNamed(String... otherNames) {
        return new Setting<>(name, List.of(otherNames), defaultText, allowed, description, parser, serverReads);
    }

    /** Describes a default that follows from other settings or from the machine. */
    public Setting<T> describedDefault(String text) {
        return new Setting<>(name, aliases, text, allowed, description, parser, serverReads);
    }

    public Setting<T> readByServer() {
        return new Setting<>(name, aliases, defaultText, allowed, description, parser, true);
    }
}
