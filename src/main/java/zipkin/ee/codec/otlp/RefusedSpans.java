package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the refused spans of one message and says why they are. */
final class RefusedSpans {
    /** Each is shorter than 60 characters, so the text stays below 1,024. */
    private static final int MAX_REASONS = 10;

    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private String first = "";
    private int count;

    void add(String reason, OtlpItems.Group group, int index) {
        if (count++ == 0) {
            first = "resourceSpans[%d].scopeSpans[%d].spans[%d]"
                    .formatted(group.resourceIndex(), group.scopeIndex(), index);
        }
        boolean isShown = reasons.containsKey(reason) || reasons.size() < MAX_REASONS;
        reasons.merge(isShown ? reason : "other reasons", 1, Integer::sum);
    }

    int count() {
        return count;
    }

    /** The {@code error_message} of a response, empty if no span was refused. */
    String text(long spans) {
        if (count == 0) {
            return "";
        }
        String counted = reasons.entrySet().stream()
                .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                .collect(Collectors.joining(", "));
        return count + " of " + spans + " spans refused: " + counted + "; the first is " + first;
    }
}
