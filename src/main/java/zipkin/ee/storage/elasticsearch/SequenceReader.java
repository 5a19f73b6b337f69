package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.Pages;
import zipkin2.Span;

/**
 * Reads what links need of spans, by the sequence numbers of their documents, shard by shard.
 * Thread safe.
 */
final class SequenceReader {
    private static final int PAGE = 2000;
    private static final int SEARCHES_PER_REQUEST = 20;
    /** What links need, and what tells spans apart. */
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
        int most = PAGE;
        while (true) {
            int bound = most;
            try {
                return limits.within(() -> {
                    int size = Math.min(bound, limits.of(EngineLimit.RESULT_WINDOW));
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
            } catch (AnswerTooLongException e) {
                most = most / 2;
                if (most == 0) {
                    throw e;
                }
            }
        }
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
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("index", part.index());
            json.writeStringField("preference", "_shards:" + part.shard());
            json.writeBooleanField("ignore_unavailable", true);
            json.writeEndObject();
        });
    }

    private static String query(Cursor cursor, int size) {
        Part part = cursor.part();
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", size);
            json.writeBooleanField("track_total_hits", false);
            json.writeBooleanField("seq_no_primary_term", true);
            writeTexts(json, "_source", FIELDS);
            json.writeObjectFieldStart("query");
            json.writeObjectFieldStart("bool");
            json.writeArrayFieldStart("filter");
            if (part.traceIds() != null) {
                writeTraceIds(json, part.traceIds());
            }
            if (!part.outside()) {
                writeRange(json, part);
            }
            json.writeEndArray();
            if (part.outside() && part.upTo() > part.after()) {
                json.writeArrayFieldStart("must_not");
                writeRange(json, part);
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
            writeTexts(json, "sort", List.of("_seq_no"));
            if (cursor.last() >= 0) {
                json.writeArrayFieldStart("search_after");
                json.writeNumber(cursor.last());
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private static void writeTraceIds(JsonGenerator json, Collection<String> traceIds) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("terms");
        writeTexts(json, "traceId", traceIds);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeRange(JsonGenerator json, Part part) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("range");
        json.writeObjectFieldStart("_seq_no");
        json.writeNumberField("gt", part.after());
        json.writeNumberField("lte", part.upTo());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Those of each search, in order. */
    private static List<List<Sequenced>> readAnswers(JsonParser parser, List<Cursor> cursors) throws IOException {
        List<List<Sequenced>> found = new ArrayList<>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean responses = parser.currentName().equals("responses");
            parser.nextToken();
            if (responses) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    found.add(readAnswer(parser, cursors.get(found.size()).part()));
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

    private static List<Sequenced> readAnswer(JsonParser parser, Part part) throws IOException {
        List<Sequenced> spans = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "error" -> throw failure(part, Json.value(parser));
                case "hits" -> readHits(parser, part, spans);
                default -> parser.skipChildren();
            }
        }
        return spans;
    }

    private static ClusterRefusedException failure(Part part, @Nullable Object error) {
        Object cause = Json.at(error, "root_cause", 0);
        String type = Json.text(cause == null ? error : cause, "type");
        String reason = Json.text(cause == null ? error : cause, "reason");
        String what = "A search of " + part.index() + " failed: " + type + ": " + ErrorText.shorten(reason);
        return EngineLimitException.orRefused(what, 400, type, reason);
    }

    private static void readHits(JsonParser parser, Part part, List<Sequenced> spans) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean hits = parser.currentName().equals("hits");
            parser.nextToken();
            if (hits) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    Hit<Span> hit = Hit.read(parser, SpanSource::readForLinks);
                    spans.add(new Sequenced(part.index(), part.shard(), hit.sequence(), hit.source()));
                }
            } else {
                parser.skipChildren();
            }
        }
    }
}
