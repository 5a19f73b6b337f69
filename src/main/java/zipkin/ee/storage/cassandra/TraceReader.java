package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import zipkin.ee.storage.DistinctSpans;
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

    /** The spans of the traces that exist, the same one once, by the keys that were asked for and in their order. */
    Map<String, List<Span>> read(OpenSession session, Collection<String> keys) {
        PreparedStatement select = session.prepare(SpanRows.SELECT);
        List<BoundStatement> statements =
                keys.stream().map(key -> select.bind(key, maxSpans)).toList();
        List<AsyncResultSet> results = inFlight.all(session, statements);
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        int room = maxSpans;
        int i = 0;
        for (String key : keys) {
            DistinctSpans spans = new DistinctSpans();
            room -= readPages(session, results.get(i++), spans, room);
            if (!spans.toList().isEmpty()) {
                traces.put(key, spans.toList());
            }
        }
        return traces;
    }

    private static int readPages(OpenSession session, AsyncResultSet first, DistinctSpans spans, int room) {
        AsyncResultSet page = first;
        int read = 0;
        while (true) {
            for (var row : page.currentPage()) {
                if (read++ >= room) {
                    return read;
                }
                spans.add(SpanRows.read(row));
            }
            if (!page.hasMorePages()) {
                return read;
            }
            page = next(session, page);
        }
    }

    private static AsyncResultSet next(OpenSession session, AsyncResultSet page) {
        try {
            return page.fetchNextPage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CassandraDownException("Interrupted while Cassandra was asked", e);
        } catch (ExecutionException e) {
            throw session.errors().translate(e.getCause() == null ? e : e.getCause());
        }
    }

    int maxSpans() {
        return maxSpans;
    }

    /** Spans of equal keys, by their whole trace ids. */
    static Map<String, List<Span>> byId(Collection<Span> spans) {
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        spans.forEach(span ->
                traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span));
        return traces;
    }
}
