package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.jpa.model.DictionaryRow;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The tables of texts that rows of spans refer to. A server that finds none, or only one of
 * yesterday, makes one of the texts that occur again in the next spans it is given. Thread safe.
 */
final class Dictionaries {
    private static final int SAMPLED_SPANS = 500;
    private static final int MAX_TEXTS = 3000;
    private static final int MAX_TEXT_LENGTH = 100;
    private static final int MAX_COUNTED = 50_000;
    private static final long MAX_AGE_MILLIS = 24 * 3600 * 1000L;

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Integer, StringTable> known = new ConcurrentHashMap<>(Map.of(0, StringTable.EMPTY));
    private volatile StringTable newest = StringTable.EMPTY;
    private volatile long renewAtMillis;
    private boolean searched;

    private final Map<String, Integer> counts = new HashMap<>();
    private int sampledSpans;

    Dictionaries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The table that new spans refer to. */
    StringTable current() {
        return newest;
    }

    /** The table with this number; 0 is the empty one. */
    StringTable get(EntityManager manager, int id) {
        return known.computeIfAbsent(id, missing -> {
            DictionaryRow row = manager.find(DictionaryRow.class, missing);
            if (row == null) {
                throw new IllegalStateException("Row " + missing + " of zipkin_dictionary is missing");
            }
            return StringTable.decode(row.id, row.data);
        });
    }

    /**
     * Shows the spans that are about to be stored. Makes a table of them when one is due and enough
     * were seen.
     */
    void learn(List<Span> spans) {
        if (clock.millis() < renewAtMillis) {
            return;
        }
        List<String> texts = sample(spans);
        if (!texts.isEmpty()) {
            adopt(DatabaseConflicts.retrying(() -> transactions.call(manager -> store(manager, texts))));
        }
    }

    /** The texts of a new table, the most frequent first; none when it is not time yet. */
    private synchronized List<String> sample(List<Span> spans) {
        if (!searched) {
            DictionaryRow row = transactions.call(Dictionaries::last);
            searched = true;
            if (row != null) {
                adopt(row);
            }
        }
        if (clock.millis() < renewAtMillis) {
            return List.of();
        }
        spans.forEach(this::count);
        sampledSpans += spans.size();
        if (sampledSpans < SAMPLED_SPANS) {
            return List.of();
        }
        List<String> texts = counts.entrySet().stream()
                .filter(text -> text.getValue() > 1)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_TEXTS)
                .map(Map.Entry::getKey)
                .toList();
        counts.clear();
        sampledSpans = 0;
        return texts;
    }

    private void count(Span span) {
        count(span.name());
        count(span.localEndpoint());
        count(span.remoteEndpoint());
        span.annotations().forEach(annotation -> count(annotation.value()));
        span.tags().forEach((key, value) -> {
            count(key);
            count(value);
        });
    }

    private void count(@Nullable Endpoint endpoint) {
        if (endpoint != null) {
            count(endpoint.serviceName());
            count(endpoint.ipv4());
            count(endpoint.ipv6());
        }
    }

    private void count(@Nullable String text) {
        if (text != null && text.length() <= MAX_TEXT_LENGTH && counts.size() < MAX_COUNTED) {
            counts.merge(text, 1, Integer::sum);
        }
    }

    /** Stores a new table, unless another server has stored one meanwhile. */
    private DictionaryRow store(EntityManager manager, List<String> texts) {
        DictionaryRow last = last(manager);
        if (last != null && last.createdMillis + MAX_AGE_MILLIS > clock.millis()) {
            return last;
        }
        int id = last == null ? 1 : last.id + 1;
        DictionaryRow row = new DictionaryRow(id, clock.millis(), new StringTable(id, texts).encode());
        manager.persist(row);
        return row;
    }

    private synchronized void adopt(DictionaryRow row) {
        newest = known.computeIfAbsent(row.id, id -> StringTable.decode(id, row.data));
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
