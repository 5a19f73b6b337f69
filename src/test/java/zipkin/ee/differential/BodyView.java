package zipkin.ee.differential;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How much of a body is compared. {@link #BYTES} unless the case says why not. */
enum BodyView {
    /** Every byte, after inflating. */
    BYTES,

    /** Nothing: another build of the user interface, or an encoding that only one side knows. */
    IGNORED,

    /** The members of a JSON object with their values, in any order and layout. */
    JSON_VALUES,

    /** The members of a JSON object without their values. */
    JSON_KEYS,

    /**
     * The flat objects of a JSON list with every byte of theirs, in any order; any other body as it
     * is.
     */
    JSON_SET,

    /**
     * The names and label names of Prometheus samples; more of them than the reference has is no
     * difference.
     */
    METRIC_NAMES,

    /**
     * {@link #METRIC_NAMES} of request counters alone, with the values of their labels: method,
     * status and uri.
     */
    REQUEST_SERIES;

    /** What of {@code answer} is compared, by name; every name starts with {@code body}. */
    Map<String, String> aspects(Answer answer) {
        return switch (this) {
            case BYTES -> Map.of("body", answer.text());
            case IGNORED -> Map.of();
            case JSON_VALUES -> FlatJson.read("body ", answer.text());
            case JSON_KEYS -> present(FlatJson.read("body ", answer.text()));
            case JSON_SET -> Map.of("body", sorted(answer.text()));
            case METRIC_NAMES -> PrometheusText.names("body ", answer.text());
            case REQUEST_SERIES -> PrometheusText.requestSeries("body ", answer.text());
        };
    }

    private static String sorted(String text) {
        if (!text.startsWith("[{") || !text.endsWith("}]")) {
            return text;
        }
        String[] objects = text.substring(2, text.length() - 2).split("\\},\\{", -1);
        Arrays.sort(objects);
        return "[{" + String.join("},{", objects) + "}]";
    }

    boolean allowsMore() {
        return this == METRIC_NAMES;
    }

    private static Map<String, String> present(Map<String, String> members) {
        Map<String, String> keys = new TreeMap<>();
        members.keySet().forEach(key -> keys.put(key, "present"));
        return Collections.unmodifiableMap(keys);
    }
}
