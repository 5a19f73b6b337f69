package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.jpa.model.DictionaryRow;
import zipkin2.Span;

/**
 * The dictionaries that spans are packed with: bytes of earlier spans, since tag keys, names and addresses repeat. A server that
 * finds none, or only an old one, makes one from the spans it is given. Thread safe.
 */
final class Dictionaries {
    /** A dictionary and its number, which is greater than 0. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Dictionary(int id, byte[] data) {}

    private static final int MAX_BYTES = 4096;
    private static final int MAX_SAMPLE_BYTES = 1024;
    private static final int SAMPLED_SPANS = 500;
    private static final long MAX_AGE_MILLIS = 24 * 3600 * 1000L;

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Integer, byte[]> known = new ConcurrentHashMap<>();
    private volatile @Nullable Dictionary newest;
    private volatile long renewAtMillis;
    private boolean searched;

    private final Deque<byte[]> samples = new ArrayDeque<>();
    private final Set<String> sampledShapes = new HashSet<>();
    private int sampledSpans;

    Dictionaries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What to pack new spans with; null for nothing. */
    @Nullable
    Dictionary current() {
        return newest;
    }

    /** The dictionary with this number. */
    byte[] get(EntityManager manager, int id) {
        return known.computeIfAbsent(id, missing -> {
            DictionaryRow row = manager.find(DictionaryRow.class, missing);
            if (row == null) {
                throw new IllegalStateException("Row " + missing + " of zipkin_dictionary is missing");
            }
            return row.data;
        });
    }

    /** Shows the spans that are about to be stored. Makes a dictionary of them when one is due and enough were seen. */
    void learn(List<Span> spans) {
        if (newest != null && clock.millis() < renewAtMillis) {
            return;
        }
        byte[] made = sample(spans);
        if (made != null) {
            adopt(DatabaseConflicts.retrying(() -> transactions.call(manager -> store(manager, made))));
        }
    }

    private synchronized byte @Nullable [] sample(List<Span> spans) {
        if (!searched) {
            searched = true;
            DictionaryRow row = transactions.call(Dictionaries::last);
            if (row != null) {
                adopt(row);
            }
            if (newest != null && clock.millis() < renewAtMillis) {
                return null;
            }
        }
        for (Span span : spans) {
            sampledSpans++;
            if (sampledShapes.size() < MAX_BYTES
                    && sampledShapes.add(span.localServiceName() + ' ' + span.name() + ' ' + span.kind())) {
                byte[] encoded = SpanPacking.encode(span);
                if (encoded.length <= MAX_SAMPLE_BYTES) {
                    samples.add(encoded);
                }
            }
            if (samples.size() > MAX_BYTES / 64) {
                samples.removeFirst();
            }
        }
        if (sampledSpans < SAMPLED_SPANS || samples.isEmpty()) {
            return null;
        }
        byte[] made = join();
        samples.clear();
        sampledShapes.clear();
        sampledSpans = 0;
        return made;
    }

    private byte[] join() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (!samples.isEmpty() && joined.size() + samples.getLast().length <= MAX_BYTES) {
            joined.writeBytes(samples.removeLast());
        }
        return joined.toByteArray();
    }

    /** Another server may have made one meanwhile; that one is taken. */
    private DictionaryRow store(EntityManager manager, byte[] made) {
        DictionaryRow last = last(manager);
        if (last != null && last.createdMillis + MAX_AGE_MILLIS > clock.millis()) {
            return last;
        }
        DictionaryRow row = new DictionaryRow(last == null ? 1 : last.id + 1, clock.millis(), made);
        manager.persist(row);
        return row;
    }

    private synchronized void adopt(DictionaryRow row) {
        known.put(row.id, row.data);
        newest = new Dictionary(row.id, row.data);
        renewAtMillis = row.createdMillis + MAX_AGE_MILLIS;
    }

    private static @Nullable DictionaryRow last(EntityManager manager) {
        List<DictionaryRow> rows = manager.createQuery(
                        "SELECT d FROM DictionaryRow d WHERE d.id = (SELECT MAX(m.id) FROM DictionaryRow m)",
                        DictionaryRow.class)
                .getResultList();
        return rows.isEmpty() ? null : rows.get(0);
    }
}
