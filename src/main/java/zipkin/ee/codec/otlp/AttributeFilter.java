package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selects attributes by name, as {@link OtlpMapping#resourceAttributes} describes. Thread safe. */
final class AttributeFilter {
    /** The parts between the asterisks of each pattern. */
    private final List<String[]> included = new ArrayList<>();

    private final List<String[]> excluded = new ArrayList<>();

    AttributeFilter(List<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.startsWith("!")) {
                excluded.add(parts(pattern.substring(1)));
            } else {
                included.add(parts(pattern));
            }
        }
        if (included.isEmpty() && !excluded.isEmpty()) {
            included.add(parts("*"));
        }
    }

    boolean keeps(String name) {
        return matchesAny(included, name) && !matchesAny(excluded, name);
    }

    private static String[] parts(String pattern) {
        return pattern.split("\\*", -1);
    }

    private static boolean matchesAny(List<String[]> patterns, String name) {
        for (String[] parts : patterns) {
            if (matches(parts, name)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the first place of each part, so that it never has to go back. */
    private static boolean matches(String[] parts, String name) {
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return name.equals(last);
        }
        if (!name.startsWith(parts[0])) {
            return false;
        }
        int from = parts[0].length();
        for (String part : Arrays.asList(parts).subList(1, parts.length - 1)) {
            int found = name.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
        }
        return name.length() - last.length() >= from && name.endsWith(last);
    }
}
