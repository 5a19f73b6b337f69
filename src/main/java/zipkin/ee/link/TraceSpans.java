package zipkin.ee.link;

import java.util.Map;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin2.Span;

/** The contribution of a trace, computed from its spans. Used by one thread. */
public final class TraceSpans implements LinkStore.Trace {
    private final DistinctSpans counted = new DistinctSpans();
    private final DistinctSpans present = new DistinctSpans();

    /**
     * @param isCounted whether an earlier step has counted the span
     */
    public void add(Span span, boolean isCounted) {
        present.add(span);
        if (isCounted) {
            counted.add(span);
        }
    }

    @Override
    public Map<Link, Change> counted() {
        return LinkChanges.of(counted.toList());
    }

    @Override
    public Map<Link, Change> present() {
        return LinkChanges.of(present.toList());
    }
}
