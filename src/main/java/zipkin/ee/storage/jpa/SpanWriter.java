package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import zipkin.ee.storage.jpa.index.Batch;
import zipkin.ee.storage.jpa.index.BatchIds;
import zipkin.ee.storage.jpa.index.Batches;
import zipkin.ee.storage.jpa.model.BatchRow;
import zipkin.ee.storage.jpa.model.PendingRow;
import zipkin.ee.storage.jpa.model.SpanRow;
import zipkin.ee.storage.jpa.model.TermRow;
import zipkin2.Span;

/**
 * Stores spans with their index, all in one transaction. Rows are only added, under ids that are
 * new. Thread safe.
 */
final class SpanWriter {
    /** Longer spans are divided among rows; the ones after the first have this dictionary. */
    static final int CONTINUED = -1;

    private static final int MAX_ROW_BYTES = 64_000;
    private static final int FLUSHED_ROWS = 1_000;

    /**
     * Bytes of a row in addition to its data: keys, its place in the second index, headers; about
     * the same on all databases.
     */
    private static final int SPAN_ROW_BYTES = 80;

    private static final int TERM_ROW_BYTES = 50;

    private final Transactions transactions;
    private final Dictionaries dictionaries;
    private final Batches batches;
    private final Clock clock;
    private final boolean searchEnabled;
    private final boolean linked;

    SpanWriter(
            Transactions transactions, Dictionaries dictionaries, Clock clock, boolean searchEnabled, boolean linked) {
        this.transactions = transactions;
        this.dictionaries = dictionaries;
        this.batches = new Batches(clock);
        this.clock = clock;
        this.searchEnabled = searchEnabled;
        this.linked = linked;
    }

    /** Stores all of them or none. */
    void write(List<Span> spans) {
        dictionaries.learn(spans);
        DatabaseConflicts.retrying(() -> {
            List<Batch> divided = batches.divide(spans);
            return transactions.call(manager -> new Write(manager).write(divided));
        });
    }

    /** One transaction. */
    private final class Write {
        private final EntityManager manager;
        private final StringTable table = dictionaries.current();
        private int rows;
        private long termBytes;

        Write(EntityManager manager) {
            this.manager = manager;
        }

        boolean write(List<Batch> divided) {
            long[] bytes = new long[divided.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = writeSpans(divided.get(i));
            }
            if (searchEnabled) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] += writeIndex(divided.get(i));
                }
            }
            long now = clock.millis();
            for (int i = 0; i < bytes.length; i++) {
                Batch batch = divided.get(i);
                persist(new BatchRow(batch.id(), now, batch.spans().size(), bytes[i], batch.header()));
            }
            if (linked) {
                divided.forEach(batch -> persist(new PendingRow(batch.id(), now)));
            }
            return true;
        }

        private long writeSpans(Batch batch) {
            int ord = 0;
            long bytes = 0;
            for (Span span : batch.spans()) {
                byte[] data = SpanFormat.encode(span, table);
                long trace = Batches.traceLow(span);
                for (int from = 0; from < data.length; from += MAX_ROW_BYTES) {
                    byte[] piece = data.length <= MAX_ROW_BYTES
                            ? data
                            : Arrays.copyOfRange(data, from, Math.min(data.length, from + MAX_ROW_BYTES));
                    persist(new SpanRow(batch.id(), ord++, trace, from == 0 ? table.id() : CONTINUED, piece));
                    bytes += piece.length + SPAN_ROW_BYTES;
                }
            }
            return bytes;
        }

        private long writeIndex(Batch batch) {
            int bucket = BatchIds.bucket(batch.id());
            long before = termBytes;
            batch.index().forEach((term, spans) -> {
                persist(new TermRow(bucket, term, batch.id(), spans));
                termBytes += spans.length + TERM_ROW_BYTES;
            });
            return termBytes - before;
        }

        private void persist(Object row) {
            manager.persist(row);
            if (++rows == FLUSHED_ROWS) {
                manager.flush();
                manager.clear();
                rows = 0;
            }
        }
    }
}
