package zipkin.ee.storage.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin.ee.link.LinkStore;
import zipkin2.Span;

/**
 * The changes of a step as lines of fields that tabs separate: {@code trace}, its low id, its keys
 * and the five fields of each of its links; {@code link} and its five fields. The fields of a link
 * are day, parent, child, calls and errors.
 */
final class StepText {
    private static final String TAB = "\t";

    private StepText() {}

    /**
     * A trace whose contribution to the links is kept in {@code link_trace}.
     *
     * @param lowId low 64 bits of its id
     * @param before the contribution that is kept
     * @param now the contribution that replaces it
     */
    record CountedTrace(String lowId, Contribution before, Contribution now) implements LinkStore.Trace {
        /**
         * What is counted of a trace.
         *
         * @param keys under which it has rows: more than one when some of its spans have the whole
         *     id and some its low 64 bits
         */
        record Contribution(Set<String> keys, Map<Link, Change> links) {
            /**
             * Names of services get blanks for the tabs and line feeds that separate fields here.
             */
            static Contribution of(Set<String> keys, List<Span> spans) {
                Map<Link, Change> links = new TreeMap<>();
                LinkChanges.of(spans)
                        .forEach((link, change) -> links.merge(
                                new Link(link.day(), plain(link.parent()), plain(link.child())), change, Change::plus));
                return new Contribution(keys, links);
            }

            private static String plain(String name) {
                return name.replaceAll("[\\t\\n\\r]", " ");
            }
        }

        @Override
        public Map<Link, Change> counted() {
            return before.links();
        }

        @Override
        public Map<Link, Change> present() {
            return now.links();
        }

        boolean hasChanged() {
            return !now.equals(before);
        }
    }

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
