package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares two answers to the same request: the status, the headers named here and the body as the
 * case views it.
 *
 * <p>Values that HTTP defines as case-insensitive (media types with their charset, field names in
 * {@code vary}) are compared so. Entity tags and modification dates are the server's own: only
 * their presence is compared.
 */
final class Comparer {
    static final String ABSENT = "(absent)";

    private static final Set<String> EXACT = Set.of(
            "cache-control",
            "location",
            "retry-after",
            "content-encoding",
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-max-age");
    private static final Set<String> TOKENS = Set.of(
            "vary",
            "allow",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-expose-headers");
    private static final Set<String> PRESENCE = Set.of("etag", "last-modified");

    private Comparer() {}

    static List<Difference> compare(BodyView view, Answer reference, Answer ours) {
        Map<String, String> expected = aspects(view, reference);
        Map<String, String> actual = aspects(view, ours);
        Set<String> names = new TreeSet<>(expected.keySet());
        if (!view.allowsMore()) {
            names.addAll(actual.keySet());
        }
        actual.keySet().stream().filter(name -> !name.startsWith("body")).forEach(names::add);
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            String theirs = expected.getOrDefault(name, ABSENT);
            String our = actual.getOrDefault(name, ABSENT);
            if (!theirs.equals(our)) {
                differences.add(new Difference(name, theirs, our));
            }
        }
        return differences;
    }

    private static Map<String, String> aspects(BodyView view, Answer answer) {
        Map<String, String> aspects = new TreeMap<>(view.aspects(answer));
        aspects.put("status", Integer.toString(answer.status()));
        answer.headers().forEach((name, value) -> {
            if (EXACT.contains(name)) {
                aspects.put(name, value);
            } else if (TOKENS.contains(name)) {
                aspects.put(name, tokens(value));
            } else if (PRESENCE.contains(name)) {
                aspects.put(name, "present");
            } else if (name.equals("content-type")) {
                aspects.put(name, value.toLowerCase(Locale.ROOT).replaceAll("\\s*;\\s*", ";"));
            }
        });
        return aspects;
    }

    private static String tokens(String value) {
        return Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::trim)
                .sorted()
                .collect(Collectors.joining(","));
    }
}
