package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import zipkin.ee.json.Json;
import zipkin2.Span;

/**
 * Documents to create, as lines of a bulk request: what to do, then the document. The id of a
 * span's document follows from its content, as on Zipkin's server, so the cluster refuses a span
 * that is stored again. Used by one thread.
 */
final class BulkBody {
    /** Longest id of a document, in bytes. */
    static final int MAX_ID_BYTES = 512;

    private static final int USUAL_DOCUMENT_BYTES = 1024;

    private final Bytes body = new Bytes(64 * 1024);
    private final Bytes document = new Bytes(USUAL_DOCUMENT_BYTES);
    private final List<Integer> ends = new ArrayList<>();
    private final List<String> indices = new ArrayList<>();
    private final MessageDigest md5 = md5();

    void addSpan(String index, Span span, boolean searchEnabled) {
        document.reset();
        try {
            SpanDocument.write(span, searchEnabled, document);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        md5.update(document.array(), 0, document.size());
        add(index, span.traceId() + '-' + HexFormat.of().formatHex(md5.digest()));
    }

    void addTag(String index, String key, String value) {
        document.reset();
        try (JsonGenerator json = Json.FACTORY.createGenerator(document)) {
            json.writeStartObject();
            json.writeStringField("tagKey", key);
            json.writeStringField("tagValue", value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        add(index, key + '=' + value);
    }

    private void add(String index, String id) {
        try (JsonGenerator json = Json.FACTORY.createGenerator(body)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeObjectFieldStart("create");
            json.writeStringField("_index", index);
            json.writeStringField("_id", id);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        body.write('\n');
        body.write(document.array(), 0, document.size());
        body.write('\n');
        ends.add(body.size());
        indices.add(index);
    }

    int count() {
        return ends.size();
    }

    int bytes() {
        return body.size();
    }

    ClusterRequest.Body body() {
        return new ClusterRequest.Body(body.array(), body.size());
    }

    /**
     * Those of the documents that are to be sent again.
     *
     * @param positions from 0, ascending
     */
    BulkBody only(List<Integer> positions) {
        BulkBody some = new BulkBody();
        for (int position : positions) {
            int start = position == 0 ? 0 : ends.get(position - 1);
            some.body.write(body.array(), start, ends.get(position) - start);
            some.ends.add(some.body.size());
            some.indices.add(indices.get(position));
        }
        return some;
    }

    /** Two halves; a single document stays whole. */
    List<BulkBody> halves() {
        int middle = (count() + 1) / 2;
        List<Integer> positions = IntStream.range(0, count()).boxed().toList();
        return count() < 2
                ? List.of(this)
                : List.of(only(positions.subList(0, middle)), only(positions.subList(middle, count())));
    }

    /** Bytes of one document with its action line. */
    int bytes(int position) {
        return ends.get(position) - (position == 0 ? 0 : ends.get(position - 1));
    }

    String index(int position) {
        return indices.get(position);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** Bytes that can be read without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int size) {
            super(size);
        }

        byte[] array() {
            return buf;
        }
    }
}
