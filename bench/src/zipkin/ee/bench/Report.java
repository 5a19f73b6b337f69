package zipkin.ee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes results as a table for people, as Markdown and as JSON. */
final class Report {
    private final Map<String, String> conditions;
    private final String ours;
    private final String reference;
    private final Results results;

    Report(Map<String, String> conditions, String ours, String reference, Results results) {
        this.conditions = conditions;
        this.ours = ours;
        this.reference = reference;
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        conditions.forEach((name, value) -> text.append(String.format("%-12s %s%n", name, value)));
        String section = "";
        for (Results.Measure measure : results.all()) {
            if (!measure.section().equals(section)) {
                section = measure.section();
                text.append(String.format("%n%-44s %26s %26s %7s%n", section, ours, reference, "ratio"));
            }
            text.append(String.format(
                    "%-44s %26s %26s %7s%n",
                    measure.name() + ", " + measure.unit(),
                    cell(measure.ours()),
                    cell(measure.reference()),
                    ratio(measure)));
        }
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        conditions.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        String section = "";
        for (Results.Measure measure : results.all()) {
            if (!measure.section().equals(section)) {
                section = measure.section();
                text.append(String.format(
                        "%n### %s%n%n| measure | %s | %s | ratio |%n|---|---:|---:|---:|%n", section, ours, reference));
            }
            text.append(String.format(
                    "| %s, %s | %s | %s | %s |%n",
                    measure.name(), measure.unit(), cell(measure.ours()), cell(measure.reference()), ratio(measure)));
        }
        return text.toString();
    }

    /**
     * {@code {"conditions":{…},"results":[{"section","measure","unit","ours":[…],"reference":[…],"ratio"}]}}.
     */
    String json() {
        String head = conditions.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        String rows = results.all().stream().map(Report::json).collect(Collectors.joining(",\n"));
        return "{\"conditions\":{" + head + "},\n\"results\":[\n" + rows + "\n]}\n";
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), markdown());
        Files.writeString(directory.resolve("results.json"), json());
    }

    private static String json(Results.Measure measure) {
        double ratio = measure.ratio();
        return "{\"section\":" + quoted(measure.section()) + ",\"measure\":" + quoted(measure.name()) + ",\"unit\":"
                + quoted(measure.unit()) + ",\"ours\":" + measure.ours() + ",\"reference\":" + measure.reference()
                + ",\"ratio\":" + (Double.isFinite(ratio) ? ratio : "null") + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The median, then least and greatest when there are several samples. */
    private static String cell(List<Double> samples) {
        if (samples.isEmpty()) {
            return "–";
        }
        String median = number(Results.median(samples));
        return samples.size() == 1
                ? median
                : median + " [" + number(Collections.min(samples)) + "–" + number(Collections.max(samples)) + "]";
    }

    private static String ratio(Results.Measure measure) {
        double ratio = measure.ratio();
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f", value);
    }
}
