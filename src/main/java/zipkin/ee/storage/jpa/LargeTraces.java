package zipkin.ee.storage.jpa;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The large traces that were read last, so that each is read by a query of its own. In a query for
 * several traces H2 and PostgreSQL before 17 read all rows of all of them, whatever its limit.
 * Thread safe.
 */
final class LargeTraces {
    static final int ROWS = 2_000;
    /** Spans without anything but ids and a name. */
    static final long LEAST_BYTES = ROWS * 200L;

    private static final int MOST = 1_000;

    private final Set<Long> known =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    /** So many rows of a trace were read. */
    void read(Long trace, int rows) {
        if (rows >= ROWS) {
            known.add(trace);
        }
    }

    boolean contains(Long trace) {
        return known.contains(trace);
    }

    /** How many of these traces a query reads: the first if it is large, else those before one. */
    int together(List<Long> traces) {
        for (int i = 0; i < traces.size(); i++) {
            if (known.contains(traces.get(i))) {
                return Math.max(1, i);
            }
        }
        return traces.size();
    }
}
