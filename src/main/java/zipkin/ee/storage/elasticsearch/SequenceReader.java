package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.Pages;
import zipkin2.Span;

/**
 * Reads what links need of spans, by the sequence numbers of their documents, shard by shard.
 * Thread safe.
 */
final class SequenceReader {
    private static final int PAGE = 2000;
    private static final int SEARCHES_PER_REQUEST = 20;
    /** The fields that links need, and those that distinguish spans. */
    private static final List<String> FIELDS = List.of(
            "traceId",
            "parentId",
            "id",
            "kind",
            "name",
            "timestamp",
            "duration",
            "localEndpoint",
            "remoteEndpoint",
            "debug",
            "shared",
            "tags.error");

    /** A span without annotations and most tags, and where its document is. */
    record Sequenced(String index, int shard, long sequence, Span span) {
        /**
         * @param upTo the state of its index
         */
        boolean isWithin(Checkpoints.Index upTo) {
            return sequence <= upTo.of(shard);
        }
    }

    /**
     * What is asked of one shard.
     *
     * @param after sequence numbers up to this one, and beyond {@code upTo}, are left out, or are
     *     the only ones when {@code outside}
     * @param traceIds null for spans of any trace
     */
    record Part(
            String index,
            int shard,
            long after,
            long upTo,
            boolean outside,
            @Nullable Collection<String> traceIds) {}

    /**
     * How far a part is read.
     *
     * @param last sequence number read; -1 for none
     */
    private record Cursor(Part part, long last) {}

    private final Cluster cluster;
    private final EngineLimits limits;

    SequenceReader(Cluster cluster, EngineLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * What the parts ask for, page by page until there are {@code max} spans or no more, each part
     * in the order of sequence numbers.
     */
    List<Sequenced> read(List<Part> parts, int max) {
        List<Sequenced> all = new ArrayList<>();
        List<Cursor> open = parts.stream().map(part -> new Cursor(part, -1)).toList();
        while (!open.isEmpty() && all.size() < max) {
            List<Cursor> next = new ArrayList<>();
            for (List<Cursor> some : Pages.of(open, SEARCHES_PER_REQUEST)) {
                next.addAll(readPage(some, all));
            }
            open = next;
        }
        return all;
    }

    /** Adds a page of each; returns those of which there may be more. */
    private List<Cursor> readPage(List<Cursor> cursors, List<Sequenced> all) {
        return limits.page(PAGE, size -> {
            List<List<Sequenced>> found = search(cursors, size);
            List<Cursor> more = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                List<Sequenced> spans = found.get(i);
                all.addAll(spans);
                if (spans.size() == size) {
                    more.add(new Cursor(
                            cursors.get(i).part(), spans.get(size - 1).sequence()));
                }
            }
            return more;
        });
    }

    private List<List<Sequenced>> search(List<Cursor> cursors, int size) {
        StringBuilder body = new StringBuilder();
        for (Cursor cursor : cursors) {
            body.append(header(cursor.part())).append('\n');
            body.append(query(cursor, size)).append('\n');
        }
        ClusterRequest request =
                new ClusterRequest("POST", "/_msearch", Map.of(), ClusterRequest.Body.of(body.toString()), true, false);
        return cluster.call(request, parser -> readAnswers(parser, cursors));
    }

    private static String header(Part part) {
        return object("index", part.index(), "preference", "_shards:" + part.shard(), "ignore_unavailable", true)
                .text();
    }

    private static String query(Cursor cursor, int size) {
        Part part = cursor.part();
        Object range = object("range", object("_seq_no", object("gt", part.after(), "lte", part.upTo())));
        List<Object> filter = new ArrayList<>();
        if (part.traceIds() != null) {
            filter.add(SearchBody.terms("traceId", part.traceIds()));
        }
        if (!part.outside()) {
            filter.add(range);
        }
        JsonBody conditions = object("filter", filter);
        if (part.outside() && part.upTo() > part.after()) {
            conditions.with("must_not", List.of(range));
        }
        JsonBody query = object().with("size", size)
                .with("track_total_hits", false)
                .with("seq_no_primary_term", true)
                .with("_source", FIELDS)
                .with("query", object("bool", conditions))
                .with("sort", List.of("_seq_no"));
        if (cursor.last() >= 0) {
            query.with("search_after", List.of(cursor.last()));
        }
        return query.text();
    }

    /** The spans of each search, in order. */
    private static List<List<Sequenced>> readAnswers(JsonParser parser, List<Cursor> cursors) throws IOException {
        List<List<Sequenced>> found = new ArrayList<>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean responses = parser.currentName().equals("responses");
            parser.nextToken();
            if (responses) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    Part part = cursors.get(found.size()).part();
                    found.add(Hits.readOne(parser, SpanSource::readForLinks).items().stream()
                            .map(hit -> new Sequenced(part.index(), part.shard(), hit.sequence(), hit.source()))
                            .toList());
                }
            } else {
                parser.skipChildren();
            }
        }
        if (found.size() != cursors.size()) {
            throw new IOException(found.size() + " of " + cursors.size() + " searches were answered");
        }
        return found;
    }
}
