package zipkin.ee.storage.cassandra;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin.ee.link.TraceLinks;
import zipkin2.Span;

/**
 * A trace whose contribution to the links is kept in {@code link_trace}.
 *
 * @param lowId low 64 bits of its id
 * @param before the contribution that is kept
 * @param now the contribution that replaces it
 */
record CountedTrace(String lowId, Contribution before, Contribution now) implements TraceLinks {
    /**
     * What is counted of a trace.
     *
     * @param keys under which it has rows: more than one when some of its spans have the whole id
     *     and some its low 64 bits
     */
    record Contribution(Set<String> keys, Map<Link, Change> links) {
        /** Names of services get blanks for the tabs and line feeds that separate fields here. */
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
