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
import zipkin2.Span;

/** Reads what links need of spans, by the sequence numbers of their documents, shard by shard. Thread safe. */
final class SequenceReader {
    /** A span without annotations and most tags, and where its document is. */
    record Sequenced(String index, int shard, long sequence, Span span) {}

    /**
     * What is asked of one shard.
     *
     * @param after sequence numbers up to this one, and beyond {@code upTo}, are left out, or are the only ones when {@code outside}
     * @param traceIds null for spans of any trace
     */
    record Part(
            String index,
            int shard,
            long after,
            long upTo,
            boolean outside,
            @Nullable Collection<String> traceIds) {}

    private final Cluster cluster;

    SequenceReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All that the parts ask for, at most {@link Search#MAX_HITS} spans of each. */
    List<Sequenced> read(List<Part> parts) {
        StringBuilder body = new StringBuilder();
        for (Part part : parts) {
            body.append(header(part)).append('\n').append(query(part)).append('\n');
        }
        ClusterRequest request =
                new ClusterRequest("POST", "/_msearch", Map.of(), ClusterRequest.Body.of(body.toString()), true, false);
        return cluster.call(request, parser -> readAnswers(parser, parts));
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

    private static String query(Part part) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("size", Search.MAX_HITS);
            json.writeBooleanField("track_total_hits", false);
            json.writeBooleanField("seq_no_primary_term", true);
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
            json.writeArrayFieldStart("sort");
            json.writeString("_doc");
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeTraceIds(JsonGenerator json, Collection<String> traceIds) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("terms");
        json.writeArrayFieldStart("traceId");
        for (String traceId : traceIds) {
            json.writeString(traceId);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
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

    private static List<Sequenced> readAnswers(JsonParser parser, List<Part> parts) throws IOException {
        List<Sequenced> spans = new ArrayList<>();
        int answered = 0;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean responses = parser.currentName().equals("responses");
            parser.nextToken();
            if (responses) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    readAnswer(parser, parts.get(answered++), spans);
                }
            } else {
                parser.skipChildren();
            }
        }
        if (answered != parts.size()) {
            throw new IOException(answered + " of " + parts.size() + " searches were answered");
        }
        return spans;
    }

    private static void readAnswer(JsonParser parser, Part part, List<Sequenced> spans) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "error" ->
                    throw new IOException(
                            "a search of " + part.index() + " failed: " + Json.text(Json.value(parser), "reason"));
                case "hits" -> readHits(parser, part, spans);
                default -> parser.skipChildren();
            }
        }
    }

    private static void readHits(JsonParser parser, Part part, List<Sequenced> spans) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean hits = parser.currentName().equals("hits");
            parser.nextToken();
            if (hits) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    SpanHit hit = SpanHit.readForLinks(parser);
                    spans.add(new Sequenced(part.index(), part.shard(), hit.sequence(), hit.span()));
                }
            } else {
                parser.skipChildren();
            }
        }
    }
}
