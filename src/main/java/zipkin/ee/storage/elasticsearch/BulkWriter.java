package zipkin.ee.storage.elasticsearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.json.Json;

/**
 * Sends documents and answers for each: stored, or there already, is well; what the cluster has no room for is sent again after a
 * pause, some times; what it can't ever take, for what is in the document, is malformed. Thread safe.
 */
final class BulkWriter {
    private static final int MAX_ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;

    /** What a mapping or Lucene makes of a document, whose type of error is the same in all versions; others are for the administrator. */
    private static final Set<String> MALFORMED = Set.of(
            "mapper_parsing_exception",
            "document_parsing_exception",
            "strict_dynamic_mapping_exception",
            "max_bytes_length_exceeded_exception");

    private final Cluster cluster;
    private final @Nullable String pipeline;
    private final Pause pause;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();

    /** Waits; in tests does not. */
    @FunctionalInterface
    interface Pause {
        Pause SLEEP = TimeUnit.MILLISECONDS::sleep;

        void millis(long millis) throws InterruptedException;
    }

    BulkWriter(Cluster cluster, @Nullable String pipeline, Pause pause) {
        this.cluster = cluster;
        this.pipeline = pipeline;
        this.pause = pause;
    }

    /**
     * Returns when the cluster has acknowledged all documents.
     *
     * @throws ClusterDownException when it has no room at present
     * @throws MalformedSpansException when it can't take one of the documents, the others being stored
     * @throws ClusterRefusedException when an administrator has to change something
     */
    void write(BulkBody documents) {
        BulkBody left = documents;
        Outcome outcome = send(left);
        for (int attempt = 1; !outcome.busy().isEmpty(); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new ClusterDownException(
                        cluster.place() + " has no room for " + outcome.busy().size() + " of " + documents.count()
                                + " documents, tried " + MAX_ATTEMPTS + " times: " + outcome.reason(),
                        null);
            }
            await(FIRST_PAUSE_MILLIS << attempt);
            left = left.only(outcome.busy());
            retried.addAndGet(left.count());
            Outcome next = send(left);
            outcome = outcome.malformed() == null ? next : next.with(outcome.malformed());
        }
        if (outcome.malformed() != null) {
            throw new MalformedSpansException("Cannot store a span: " + outcome.malformed());
        }
    }

    private Outcome send(BulkBody documents) {
        ClusterRequest request = ClusterRequest.bulk(documents.body())
                .with("filter_path", "errors,error,items.*.status,items.*.error.type,items.*.error.reason");
        if (pipeline != null) {
            request = request.with("pipeline", pipeline);
        }
        bytes.addAndGet(documents.bytes());
        Object answer = cluster.tree(request);
        if (Boolean.FALSE.equals(Json.at(answer, "errors"))) {
            return Outcome.STORED;
        }
        List<@Nullable Object> items = Json.array(answer, "items");
        if (items.size() != documents.count()) {
            throw new ClusterDownException(
                    cluster.place() + " answered for " + items.size() + " of " + documents.count() + " documents",
                    null);
        }
        return judge(items);
    }

    private static Outcome judge(List<@Nullable Object> items) {
        List<Integer> busy = new ArrayList<>();
        String reason = "";
        String malformed = null;
        ClusterRefusedException refused = null;
        for (int i = 0; i < items.size(); i++) {
            Object item = firstValue(items.get(i));
            int status = (int) Json.number(item, "status");
            if (status < 400 || status == 409) {
                continue;
            }
            String type = Json.text(item, "error", "type");
            String text = type + ": " + Json.text(item, "error", "reason");
            if (status == 429 || status >= 500 || type.equals("cluster_block_exception")) {
                busy.add(i);
                reason = text;
            } else if (isMalformed(type, text)) {
                malformed = text;
            } else {
                refused = new ClusterRefusedException("The cluster does not take spans: " + text, status, type);
            }
        }
        if (refused != null) {
            throw refused;
        }
        return new Outcome(busy, reason, malformed);
    }

    private static boolean isMalformed(String type, String text) {
        return MALFORMED.contains(type)
                || (type.equals("illegal_argument_exception")
                        && (text.contains("immense term") || text.contains("bytes can be at most")));
    }

    private static @Nullable Object firstValue(@Nullable Object item) {
        Map<String, @Nullable Object> action = Json.object(item);
        return action.isEmpty() ? null : action.values().iterator().next();
    }

    private void await(long millis) {
        try {
            pause.millis(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterDownException("Interrupted while " + cluster.place() + " had no room", e);
        }
    }

    /** Bytes of bulk requests sent. */
    long bytes() {
        return bytes.get();
    }

    /** Documents that had to be sent again. */
    long retried() {
        return retried.get();
    }

    /**
     * @param busy positions of the documents to send again
     * @param reason of the last of those
     * @param malformed why the last of those that can't be stored can't; null when there is none
     */
    private record Outcome(
            List<Integer> busy, String reason, @Nullable String malformed) {
        static final Outcome STORED = new Outcome(List.of(), "", null);

        Outcome with(@Nullable String otherMalformed) {
            return malformed == null ? new Outcome(busy, reason, otherMalformed) : this;
        }
    }
}
