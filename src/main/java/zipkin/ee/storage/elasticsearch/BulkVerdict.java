package zipkin.ee.storage.elasticsearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * Judges the answers to the documents of a bulk request. A refused document is the
 * cluster's fault, for an operator to correct, unless no index with Zipkin's own mapping would take
 * it. Thread safe.
 */
final class BulkVerdict {
    /**
     * Lucene's limit of a value that is searched for; a document with a longer value has more
     * bytes.
     */
    private static final int MAX_TERM_BYTES = 32_766;

    /**
     * What a mapping or Lucene makes of a document, whose type of error is the same in all
     * versions.
     */
    private static final Set<String> ABOUT_DOCUMENTS = Set.of(
            "mapper_parsing_exception",
            "document_parsing_exception",
            "strict_dynamic_mapping_exception",
            "max_bytes_length_exceeded_exception");

    private final MappingCheck mappings;
    private final boolean pipeline;

    /**
     * @param pipeline whether documents are changed by a pipeline before they are mapped
     */
    BulkVerdict(MappingCheck mappings, boolean pipeline) {
        this.mappings = mappings;
        this.pipeline = pipeline;
    }

    /**
     * @param busy positions of the documents to send again
     * @param reason of the last of those
     * @param malformed why the last of those that can't be stored can't; null when there is none
     */
    record Outcome(
            List<Integer> busy, String reason, @Nullable String malformed) {
        static final Outcome STORED = new Outcome(List.of(), "", null);
    }

    /** The cluster does not take a document, which is not the document's fault. */
    static final class DocumentRefusedException extends ClusterRefusedException {
        private static final long serialVersionUID = 1L;

        private final int position;

        DocumentRefusedException(String message, int status, String type, int position) {
            super(message, status, type);
            this.position = position;
        }

        /** Position of the document in the request. */
        int position() {
            return position;
        }
    }

    /**
     * @param items the answers, as many as documents
     * @throws DocumentRefusedException when an operator has to change something
     * @throws ForeignMappingException when that is the mapping
     */
    Outcome of(BulkBody documents, List<@Nullable Object> items) {
        List<Integer> busy = new ArrayList<>();
        String reason = "";
        String malformed = null;
        for (int i = 0; i < items.size(); i++) {
            Object item = firstValue(items.get(i));
            int status = (int) Json.number(item, "status");
            if (status < 400 || status == 409) {
                continue;
            }
            String type = Json.text(item, "error", "type");
            String text = type + ": " + ErrorText.shorten(Json.text(item, "error", "reason"));
            boolean blocked = type.equals("cluster_block_exception");
            if (!blocked && (status == 429 || status >= 500)) {
                busy.add(i);
                reason = text;
            } else if (isMalformed(documents, i, type, text)) {
                malformed = text;
            } else {
                throw new DocumentRefusedException(
                        "The cluster does not take spans: " + text + ". " + ClusterRefusedException.advice(type),
                        status,
                        type,
                        i);
            }
        }
        return new Outcome(busy, reason, malformed);
    }

    private boolean isMalformed(BulkBody documents, int position, String type, String text) {
        boolean aboutTheDocument = ABOUT_DOCUMENTS.contains(type)
                || (type.equals("illegal_argument_exception")
                        && (text.contains("immense term") || text.contains("bytes can be at most")));
        boolean small = documents.bytes(position) <= MAX_TERM_BYTES;
        if (!aboutTheDocument || (pipeline && small)) {
            return false;
        }
        boolean known = mappings.check(Kind.SPAN, documents.index(position));
        return known || !small;
    }

    private static @Nullable Object firstValue(@Nullable Object item) {
        Map<String, @Nullable Object> action = Json.object(item);
        return action.isEmpty() ? null : action.values().iterator().next();
    }
}
