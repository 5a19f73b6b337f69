package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Strikes out what the deviations explain and remembers which of them were needed. Used by one
 * thread.
 */
final class DeviationLedger {
    private final List<Deviation> deviations;
    private final Set<Deviation> needed = new LinkedHashSet<>();

    DeviationLedger(List<Deviation> deviations) {
        this.deviations = deviations;
    }

    /** The differences that no deviation explains. */
    List<Difference> unexplained(String caseName, List<Difference> differences) {
        List<Difference> rest = new ArrayList<>(differences);
        rest.removeIf(difference -> isExplained(caseName, difference));
        return rest;
    }

    /** Deviations that explained nothing in this run: they are stale. */
    List<String> stale() {
        return deviations.stream()
                .filter(deviation -> !needed.contains(deviation))
                .map(deviation -> deviation.id() + " (" + deviation.aspect() + ")")
                .toList();
    }

    private boolean isExplained(String caseName, Difference difference) {
        for (Deviation deviation : deviations) {
            if (deviation.explains(caseName, difference)) {
                needed.add(deviation);
                return true;
            }
        }
        return false;
    }
}
