package zipkin.ee.link;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import zipkin2.DependencyLink;
import zipkin2.Span;

/**
 * The changes of the counts of links when spans are added to traces. A trace counts for the day
 * of its first parentless span, or its earliest one, in UTC. Links are those of {@link
 * TraceLinker}. Used by one thread.
 */
public final class LinkChanges {
    private static final String ERROR = "error";
    private static final long DAY_MICROS = 24 * 3600 * 1_000_000L;

    /**
     * Calls of one service by another in the traces of one day.
     *
     * @param day counted from 1970-01-01 in UTC
     */
    public record Link(int day, String parent, String child) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int order = Integer.compare(day, other.day);
            order = order != 0 ? order : parent.compareTo(other.parent);
            return order != 0 ? order : child.compareTo(other.child);
        }
    }

    /** What to add to the counts of a link; negative when late spans correct earlier ones. */
    public record Change(long calls, long errors) {
        private static final Change NONE = new Change(0, 0);

        public Change plus(Change other) {
            return new Change(calls + other.calls, errors + other.errors);
        }
    }

    private final Map<Link, Change> changes = new TreeMap<>();

    /**
     * The part of a span that links depend on: without its name, its annotations, and its tags but
     * the one that marks an error.
     */
    public static Span reduced(Span span) {
        Span.Builder reduced =
                span.toBuilder().name(null).duration(0L).clearAnnotations().clearTags();
        if (span.tags().containsKey(ERROR)) {
            reduced.putTag(ERROR, "");
        }
        return reduced.build();
    }

    /** The links of one trace; none without spans. */
    public static Map<Link, Change> of(Collection<Span> trace) {
        Map<Link, Change> links = new TreeMap<>();
        int day = day(trace);
        for (DependencyLink link : TraceLinker.link(List.copyOf(trace))) {
            links.put(new Link(day, link.parent(), link.child()), new Change(link.callCount(), link.errorCount()));
        }
        return links;
    }

    /** Adds the difference that a trace makes. */
    public void add(LinkStore.Trace trace) {
        trace.counted().forEach((link, change) -> add(link, -change.calls(), -change.errors()));
        trace.present().forEach((link, change) -> add(link, change.calls(), change.errors()));
    }

    private void add(Link link, long calls, long errors) {
        changes.merge(link, new Change(calls, errors), Change::plus);
    }

    /** All changes other than zero, in the order of their links. */
    public Map<Link, Change> toApply() {
        changes.values().removeIf(Change.NONE::equals);
        return changes;
    }

    private static int day(Collection<Span> trace) {
        long earliestMicros = Long.MAX_VALUE;
        for (Span span : trace) {
            if (span.timestampAsLong() == 0) {
                continue;
            }
            if (span.parentId() == null) {
                return (int) (span.timestampAsLong() / DAY_MICROS);
            }
            earliestMicros = Math.min(earliestMicros, span.timestampAsLong());
        }
        return earliestMicros == Long.MAX_VALUE ? 0 : (int) (earliestMicros / DAY_MICROS);
    }
}
