package zipkin.ee.storage.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;

/**
 * The changes of a step as lines of fields that tabs separate: {@code trace}, its low id, its keys
 * and the five fields of each of its links; {@code link} and its five fields. The fields of a link
 * are day, parent, child, calls and errors.
 */
final class StepText {
    private static final String TAB = "\t";

    private StepText() {}

    static String write(List<CountedTrace> traces, Map<Link, Change> changes) {
        List<String> lines = new ArrayList<>();
        for (CountedTrace trace : traces) {
            if (trace.hasChanged()) {
                lines.add(String.join(
                        TAB,
                        "trace",
                        trace.lowId(),
                        String.join(" ", trace.now().keys()),
                        links(trace.now().links())));
            }
        }
        changes.forEach((link, change) -> lines.add("link" + TAB + links(Map.of(link, change))));
        return String.join("\n", lines);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @param traces takes low id, keys and links of each trace
     */
    static void read(String text, Consumer<String[]> traces, BiConsumer<Link, Change> links) {
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(TAB, 4);
            if (fields[0].equals("trace")) {
                traces.accept(new String[] {fields[1], fields[2], fields[3]});
            } else if (fields[0].equals("link")) {
                links(line.substring(line.indexOf(TAB) + 1)).forEach(links);
            }
        }
    }

    private static String links(Map<Link, Change> links) {
        List<String> fields = new ArrayList<>();
        links.forEach((link, change) -> {
            fields.add(Integer.toString(link.day()));
            fields.add(link.parent());
            fields.add(link.child());
            fields.add(Long.toString(change.calls()));
            fields.add(Long.toString(change.errors()));
        });
        return String.join(TAB, fields);
    }

    /** The links of one trace, as column {@code links} of {@code link_trace} has them. */
    static Map<Link, Change> links(String text) {
        String[] fields = text.split(TAB, -1);
        Map<Link, Change> links = new TreeMap<>();
        for (int i = 0; i + 4 < fields.length; i += 5) {
            links.put(
                    new Link(Integer.parseInt(fields[i]), fields[i + 1], fields[i + 2]),
                    new Change(Long.parseLong(fields[i + 3]), Long.parseLong(fields[i + 4])));
        }
        return links;
    }
}
