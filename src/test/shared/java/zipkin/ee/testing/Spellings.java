package zipkin.ee.testing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of settings are read, in the WAR and in the resource adapters alike: the tests of
 * both try all of these. Null stands for a text that is refused.
 */
public final class Spellings {
    private static final List<String> TRUE = List.of("true", "on", "yes", "1");
    private static final List<String> FALSE = List.of("false", "off", "no", "0");
    private static final List<String> WRONG = List.of("maybe", "2", "-1", "truefalse", "y", "t", "1 0", "null");

    /** A setting with the property by which a message-driven bean hands it to its adapter. */
    public record Handed(String setting, String property, Kind kind, String defaultText) {}

    /** What the text of a setting stands for. */
    public enum Kind {
        FLAG,
        DURATION,
        /** A whole number from 1 to 1000. */
        NUMBER
    }

    private Spellings() {}

    /** Those of message-driven beans whose adapters are ours, but for plain texts, by broker. */
    public static List<Handed> handed(String broker) {
        Handed backOff = new Handed("COLLECTOR_MAX_BACKOFF", "maxBackOff", Kind.DURATION, "30s");
        return switch (broker) {
            case "kafka" ->
                List.of(
                        new Handed("COLLECTOR_KAFKA_ENABLED", "active", Kind.FLAG, "true"),
                        new Handed("KAFKA_STREAMS", "streams", Kind.NUMBER, "1"),
                        new Handed("KAFKA_DEAD_LETTERS", "deadLetters", Kind.FLAG, "true"),
                        backOff);
            case "pulsar" ->
                List.of(
                        new Handed("COLLECTOR_PULSAR_ENABLED", "active", Kind.FLAG, "true"),
                        new Handed("PULSAR_CONCURRENCY", "concurrency", Kind.NUMBER, "1"),
                        new Handed("PULSAR_DEAD_LETTERS", "deadLetters", Kind.FLAG, "true"),
                        backOff);
            case "rabbitmq" ->
                List.of(
                        new Handed("COLLECTOR_RABBITMQ_ENABLED", "active", Kind.FLAG, "true"),
                        new Handed("RABBIT_CONCURRENCY", "concurrency", Kind.NUMBER, "1"),
                        new Handed("RABBIT_PREFETCH", "prefetch", Kind.NUMBER, "500"),
                        new Handed("RABBIT_USE_SSL", "useSsl", Kind.FLAG, "false"),
                        new Handed("RABBIT_CONNECTION_TIMEOUT", "connectionTimeout", Kind.DURATION, "60000"),
                        new Handed("RABBIT_DEAD_LETTERS", "deadLetters", Kind.FLAG, "true"),
                        backOff);
            default -> throw new IllegalArgumentException(broker);
        };
    }

    /** Texts of the kind, with and without blanks around them, and their values. */
    public static Map<String, @Nullable Object> of(Kind kind, String defaultText) {
        Map<String, @Nullable Object> bare =
                switch (kind) {
                    case FLAG -> flags();
                    case DURATION -> durations();
                    case NUMBER -> numbers();
                };
        Map<String, @Nullable Object> spellings = new TreeMap<>();
        bare.forEach((text, value) ->
                Stream.of(text, " " + text, text + "\t ").forEach(spelling -> spellings.put(spelling, value)));
        Object unset = bare.get(defaultText);
        Stream.of("", " ", "\t").forEach(blank -> spellings.put(blank, unset));
        return spellings;
    }

    private static Map<String, @Nullable Object> flags() {
        Map<String, @Nullable Object> values = new TreeMap<>();
        TRUE.forEach(word -> cases(word).forEach(text -> values.put(text, true)));
        FALSE.forEach(word -> cases(word).forEach(text -> values.put(text, false)));
        WRONG.forEach(word -> values.put(word, null));
        return values;
    }

    /** The word in lower case, in upper case, capitalized, and mixed. */
    public static List<String> cases(String word) {
        String capital = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        String mixed = word.substring(0, 1) + word.substring(1).toUpperCase(Locale.ROOT);
        return List.of(word, word.toUpperCase(Locale.ROOT), capital, mixed);
    }

    private static Map<String, @Nullable Object> durations() {
        Map<String, @Nullable Object> values = new TreeMap<>(Map.ofEntries(
                Map.entry("500ms", Duration.ofMillis(500)),
                Map.entry("500 ms", Duration.ofMillis(500)),
                Map.entry("30s", Duration.ofSeconds(30)),
                Map.entry("2m", Duration.ofMinutes(2)),
                Map.entry("1h", Duration.ofHours(1)),
                Map.entry("1d", Duration.ofDays(1)),
                Map.entry("PT30S", Duration.ofSeconds(30)),
                Map.entry("pt1m30s", Duration.ofSeconds(90)),
                Map.entry("P1D", Duration.ofDays(1)),
                Map.entry("1500", Duration.ofMillis(1500)),
                Map.entry("60000", Duration.ofMinutes(1))));
        Stream.of(
                        "soon",
                        "0",
                        "0s",
                        "-1s",
                        "PT-1S",
                        "1d-",
                        "1w",
                        "30S",
                        "1.5s",
                        "99999999999999999999",
                        "999999999999999d",
                        "9223372036854775807h")
                .forEach(text -> values.put(text, null));
        return values;
    }

    private static Map<String, @Nullable Object> numbers() {
        Map<String, @Nullable Object> values =
                new TreeMap<>(Map.of("1", 1, "7", 7, "007", 7, "+7", 7, "500", 500, "1000", 1000));
        Stream.of("0", "-1", "70000", "abc", "1.0", "1e2", "0x10", "1 000", "99999999999")
                .forEach(text -> values.put(text, null));
        return values;
    }
}
