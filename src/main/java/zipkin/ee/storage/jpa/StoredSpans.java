package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import zipkin2.Span;

/** Spans from their rows, by the low 64 bits of their trace ids. Used by one query. */
final class StoredSpans {
    /** Rows as {@link #add} takes them; a condition follows. */
    static final String SELECT = "SELECT s.batch, s.ord, s.traceLow, s.dictionary, s.data FROM SpanRow s WHERE ";

    private final Dictionaries dictionaries;
    private final EntityManager manager;
    private final UnaryOperator<Span> kept;
    private final Map<Long, List<Stored>> byTrace = new LinkedHashMap<>();

    /** A span, and the batch it was stored in. */
    record Stored(long batch, Span span) {}

    /**
     * @param kept returns the part of each span that is kept
     */
    StoredSpans(Dictionaries dictionaries, EntityManager manager, UnaryOperator<Span> kept) {
        this.dictionaries = dictionaries;
        this.manager = manager;
        this.kept = kept;
    }

    /** The spans of each trace in the order of their rows. */
    Map<Long, List<Stored>> byTrace() {
        return byTrace;
    }

    /**
     * Adds the spans of these rows, and returns how many of the rows they are.
     *
     * @param rows of a span one after the other
     * @param cut the last span may have more rows than these, and is left out
     */
    int add(List<Object[]> rows, boolean cut) {
        int next = 0;
        while (next < rows.size()) {
            int first = next++;
            while (next < rows.size() && continues(rows.get(next))) {
                next++;
            }
            if (cut && next == rows.size()) {
                return first;
            }
            add(rows.subList(first, next));
        }
        return next;
    }

    private void add(List<Object[]> ofOneSpan) {
        Object[] row = ofOneSpan.get(0);
        byte[] data = (byte[]) row[4];
        if (ofOneSpan.size() > 1) {
            ByteArrayOutputStream pieces = new ByteArrayOutputStream();
            ofOneSpan.forEach(piece -> pieces.writeBytes((byte[]) piece[4]));
            data = pieces.toByteArray();
        }
        Span span = SpanFormat.decode(data, dictionaries.get(manager, (Integer) row[3]));
        byTrace.computeIfAbsent((Long) row[2], trace -> new ArrayList<>())
                .add(new Stored((Long) row[0], kept.apply(span)));
    }

    private static boolean continues(Object[] row) {
        return (Integer) row[3] == SpanWriter.CONTINUED;
    }
}
