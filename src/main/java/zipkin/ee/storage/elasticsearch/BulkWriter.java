package zipkin.ee.storage.elasticsearch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * Sends documents and answers for each: stored, or there already, is well; what the cluster has no
 * room for is sent again after a pause, some times; what did not end in time, once more in two
 * halves. Thread safe.
 */
final class BulkWriter {
    private static final int MAX_ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int PAYLOAD_TOO_LARGE = 413;

    private final Cluster cluster;
    private final @Nullable String pipeline;
    private final BulkVerdict verdict;
    private final BulkSize size;
    private final Pause pause;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private volatile @Nullable Failed failed;

    @FunctionalInterface
    interface Pause {
        Pause SLEEP = TimeUnit.MILLISECONDS::sleep;

        void millis(long millis) throws InterruptedException;
    }

    /** One of the documents that could not be stored lately. */
    private record Failed(BulkBody document) {}

    /**
     * @param pipeline null for the indices' own
     * @param maxBytes at which a request is sent and another one begun
     */
    BulkWriter(Cluster cluster, @Nullable String pipeline, MappingCheck mappings, int maxBytes, Pause pause) {
        this.cluster = cluster;
        this.pipeline = pipeline;
        this.verdict = new BulkVerdict(mappings, pipeline != null);
        this.size = new BulkSize(maxBytes);
        this.pause = pause;
    }

    /** Bytes at which documents are to be sent. */
    int requestBytes() {
        return size.bytes();
    }

    /**
     * Returns when the cluster has acknowledged all documents but those that it can't ever take:
     * null, or why it can't take the last of those.
     *
     * @throws StorageUnavailableException when it can't take one of the documents now, or until an
     *     administrator has changed something
     */
    @Nullable
    String write(BulkBody documents) {
        return write(documents, true);
    }

    private @Nullable String write(BulkBody documents, boolean divisible) {
        try {
            String malformed = writeAgain(documents);
            failed = null;
            size.taken();
            return malformed;
        } catch (ClusterDownException e) {
            return e.isTimeout() && divisible ? writeHalves(documents, false) : fail(documents, e);
        } catch (ClusterRefusedException e) {
            boolean tooLarge = e.status() == PAYLOAD_TOO_LARGE && documents.count() > 1;
            return tooLarge ? writeHalves(documents, true) : fail(documents, e);
        } catch (StorageUnavailableException e) {
            return fail(documents, e);
        }
    }

    private @Nullable String writeHalves(BulkBody documents, boolean divisible) {
        size.tooLarge(documents.bytes());
        retried.addAndGet(documents.count());
        String malformed = null;
        for (BulkBody half : documents.halves()) {
            String other = write(half, divisible);
            malformed = other == null ? malformed : other;
        }
        return malformed;
    }

    private @Nullable String fail(BulkBody documents, StorageUnavailableException reason) {
        int position = reason instanceof BulkVerdict.DocumentRefusedException refused ? refused.position() : 0;
        if (failed == null) {
            failed = new Failed(documents.only(List.of(position)));
        }
        throw reason;
    }

    private @Nullable String writeAgain(BulkBody documents) {
        BulkBody left = documents;
        BulkVerdict.Outcome outcome = send(left);
        String malformed = outcome.malformed();
        for (int attempt = 1; !outcome.busy().isEmpty(); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                failed = new Failed(left.only(outcome.busy().subList(0, 1)));
                throw new ClusterDownException(
                        cluster.place() + " has no room for " + outcome.busy().size() + " of " + documents.count()
                                + " documents, tried " + MAX_ATTEMPTS + " times: " + outcome.reason(),
                        null);
            }
            await(FIRST_PAUSE_MILLIS << attempt);
            left = left.only(outcome.busy());
            retried.addAndGet(left.count());
            outcome = send(left);
            malformed = outcome.malformed() == null ? malformed : outcome.malformed();
        }
        return malformed;
    }

    private BulkVerdict.Outcome send(BulkBody documents) {
        ClusterRequest request = ClusterRequest.bulk(documents.body())
                .with("filter_path", "errors,error,items.*.status,items.*.error.type,items.*.error.reason");
        if (pipeline != null) {
            request = request.with("pipeline", pipeline);
        }
        bytes.addAndGet(documents.bytes());
        Object answer = cluster.tree(request);
        if (Boolean.FALSE.equals(Json.at(answer, "errors"))) {
            return BulkVerdict.Outcome.STORED;
        }
        List<@Nullable Object> items = Json.array(answer, "items");
        if (items.size() != documents.count()) {
            throw new ClusterDownException(
                    cluster.place() + " answered for " + items.size() + " of " + documents.count() + " documents",
                    null);
        }
        return verdict.of(documents, items);
    }

    private void await(long millis) {
        try {
            pause.millis(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterDownException("Interrupted while " + cluster.place() + " had no room", e);
        }
    }

    /**
     * Writes again what could not be written, if the last write failed: documents have ids of their
     * own, so whoever sent it may do the same.
     *
     * @throws StorageUnavailableException when that still fails
     */
    void probe() {
        Failed last = failed;
        if (last != null) {
            write(last.document(), false);
        }
    }

    long bytes() {
        return bytes.get();
    }

    long retried() {
        return retried.get();
    }
}
