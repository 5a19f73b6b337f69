package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.storage.jpa.TermWalk.Posting;
import zipkin.ee.storage.jpa.index.BatchHeader;
import zipkin.ee.storage.jpa.index.DurationRange;
import zipkin.ee.storage.jpa.index.SpanSet;

/**
 * Traces with a span that has a term or, when there are two, that has both. Of two terms the rarer
 * is walked along and the other one looked up in the batches found.
 */
final class TermTraces implements TraceWalk {
    private final EntityManager manager;
    private final Headers headers;
    private final TermWalk walked;
    private final List<Long> lookedUp;
    private final Map<Long, Long> found = new HashMap<>();
    private DurationRange durations = DurationRange.ANY;
    private List<Posting> page;

    private TermTraces(
            EntityManager manager, Headers headers, TermWalk walked, List<Posting> page, List<Long> lookedUp) {
        this.manager = manager;
        this.headers = headers;
        this.walked = walked;
        this.page = page;
        this.lookedUp = lookedUp;
    }

    static TermTraces of(EntityManager manager, Headers headers, long term, long lowest, long highest) {
        TermWalk walk = new TermWalk(manager, term, lowest, highest);
        return new TermTraces(manager, headers, walk, walk.next(), List.of());
    }

    static TermTraces ofBoth(EntityManager manager, Headers headers, long term, long other, long lowest, long highest) {
        TermWalk first = new TermWalk(manager, term, lowest, highest);
        TermWalk second = new TermWalk(manager, other, lowest, highest);
        List<Posting> firstPage = first.next();
        List<Posting> secondPage = second.next();
        // A page of the rarer one leads further back.
        return first.reach() <= second.reach()
                ? new TermTraces(manager, headers, first, firstPage, List.of(other))
                : new TermTraces(manager, headers, second, secondPage, List.of(term));
    }

    /** Only spans that lasted so long. */
    TermTraces within(DurationRange range) {
        durations = range;
        return this;
    }

    @Override
    public void advance() {
        if (page.isEmpty()) {
            page = walked.next();
        }
        collect();
        page = List.of();
    }

    private void collect() {
        Map<Long, List<byte[]>> others = new HashMap<>();
        for (long term : lookedUp) {
            lookUp(term, others);
        }
        List<Posting> common = new ArrayList<>();
        for (Posting posting : page) {
            if (others.getOrDefault(posting.batch(), List.of()).size() == lookedUp.size()) {
                common.add(posting);
            }
        }
        headers.load(common.stream().map(Posting::batch).toList());
        for (Posting posting : common) {
            BatchHeader header = headers.get(posting.batch());
            if (header != null) {
                BitSet spans = SpanSet.decode(posting.spans(), header.spans());
                others.getOrDefault(posting.batch(), List.of())
                        .forEach(other -> spans.and(SpanSet.decode(other, header.spans())));
                durations.retain(header, spans);
                Headers.collect(header, spans, found);
            }
        }
    }

    private void lookUp(long term, Map<Long, List<byte[]>> into) {
        if (page.isEmpty()) {
            return;
        }
        manager.createQuery(
                        "SELECT t.batch, t.spans FROM TermRow t WHERE t.bucket = :bucket AND t.term = :term"
                                + " AND t.batch IN :batches",
                        Object[].class)
                .setParameter("bucket", page.get(0).bucket())
                .setParameter("term", term)
                .setParameter("batches", page.stream().map(Posting::batch).toList())
                .getResultList()
                .forEach(row -> into.computeIfAbsent((Long) row[0], batch -> new ArrayList<>())
                        .add((byte[]) row[1]));
    }

    /** A page that was read and not yet looked at is not reached. */
    @Override
    public long reach() {
        return page.isEmpty() ? walked.reach() : page.get(0).batch() + 1;
    }

    @Override
    public boolean ended() {
        return page.isEmpty() && walked.ended();
    }

    @Override
    public Map<Long, Long> found() {
        return found;
    }
}
