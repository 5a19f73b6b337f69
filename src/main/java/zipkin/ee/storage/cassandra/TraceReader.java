package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.link.DistinctSpans;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.FoundTraces;
import zipkin.ee.storage.PageSize;
import zipkin2.Span;

/** Reads whole traces, each from its partition. Thread safe. */
final class TraceReader {
    private final InFlight inFlight;
    private final int maxSpans;

    /**
     * @param maxSpans most spans read at once
     */
    TraceReader(InFlight inFlight, int maxSpans) {
        this.inFlight = inFlight;
        this.maxSpans = maxSpans;
    }

    /**
     * The spans of the traces that exist, the same one once, by the keys that were asked for and in
     * their order.
     */
    Map<String, List<Span>> read(OpenSession session, Collection<String> keys) {
        return read(session, keys, FoundTraces::counted);
    }

    /** Reads of the spans what links depend on. */
    Map<String, List<Span>> readForLinks(OpenSession session, Collection<String> keys) {
        return read(session, keys, LinkChanges::reduced);
    }

    private Map<String, List<Span>> read(OpenSession session, Collection<String> keys, UnaryOperator<Span> kept) {
        PreparedStatement select = session.prepare(SpanRows.SELECT);
        List<BoundStatement> statements = keys.stream()
                .map(key -> select.bind(key, maxSpans).setPageSize(PageSize.FIRST))
                .toList();
        List<AsyncResultSet> results = inFlight.all(session, statements);
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        int room = maxSpans;
        int i = 0;
        for (String key : keys) {
            DistinctSpans spans = new DistinctSpans();
            room -= readPages(session, statements.get(i), results.get(i), kept, spans, room);
            i++;
            if (!spans.toList().isEmpty()) {
                traces.put(key, spans.toList());
            }
        }
        return traces;
    }

    private int readPages(
            OpenSession session,
            BoundStatement statement,
            AsyncResultSet first,
            UnaryOperator<Span> kept,
            DistinctSpans spans,
            int room) {
        PageSize pageSize = new PageSize();
        AsyncResultSet page = first;
        int read = 0;
        while (true) {
            int before = read;
            long bytes = 0;
            for (var row : page.currentPage()) {
                if (read++ >= room) {
                    return read;
                }
                Span span = SpanRows.read(row);
                bytes += SpanSize.of(span);
                spans.add(kept.apply(span));
            }
            if (!page.hasMorePages()) {
                return read;
            }
            pageSize.read(read - before, bytes);
            BoundStatement next = statement
                    .setPageSize(pageSize.next(maxSpans))
                    .setPagingState(page.getExecutionInfo().getSafePagingState());
            page = inFlight.all(session, List.of(next)).get(0);
        }
    }

    int maxSpans() {
        return maxSpans;
    }
}
