package zipkin.ee.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples of both servers, by measure, in the order in which measures were first seen. The
 * reference has as many samples as ours, or none.
 */
final class Results {
    private final Map<String, Measure> measures = new LinkedHashMap<>();

    /**
     * What is measured, its unit with the better direction, and a sample a round for each server.
     */
    record Measure(String section, String name, String unit, List<Double> ours, List<Double> reference) {
        /**
         * The median of the rounds' ratios, so that a neighbour's load that both felt cancels out.
         * NaN without a base.
         */
        double ratio() {
            if (reference.isEmpty()) {
                return Double.NaN;
            }
            double[] ratios = new double[Math.min(ours.size(), reference.size())];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = reference.get(i) == 0 ? Double.NaN : ours.get(i) / reference.get(i);
            }
            return median(ratios);
        }
    }

    /** Adds a round's two samples, ours first. */
    void add(String section, String name, String unit, double ours, double reference) {
        addOurs(section, name, unit, ours);
        measure(section, name, unit).reference().add(reference);
    }

    /** Adds a round's two counts, ours first. */
    void add(String section, String name, String unit, long ours, long reference) {
        add(section, name, unit, (double) ours, (double) reference);
    }

    /** Adds a sample of what only our server is measured for. */
    void addOurs(String section, String name, String unit, double ours) {
        measure(section, name, unit).ours().add(ours);
    }

    private Measure measure(String section, String name, String unit) {
        return measures.computeIfAbsent(
                section + '/' + name + '/' + unit,
                key -> new Measure(section, name, unit, new ArrayList<>(), new ArrayList<>()));
    }

    List<Measure> all() {
        return List.copyOf(measures.values());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The value below which {@code share} of the sorted values lie, by nearest rank. */
    static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }
}
