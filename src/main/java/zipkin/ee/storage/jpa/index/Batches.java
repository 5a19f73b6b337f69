package zipkin.ee.storage.jpa.index;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin2.Span;

/** Divides spans into batches. Thread safe. */
public final class Batches {
    /** How far apart the beginnings of a batch's traces may be. */
    public static final long SPREAD_MILLIS = 10_000;

    private static final int MAX_SPANS = 4096;

    private final BatchIds ids = new BatchIds();
    private final Clock clock;

    /**
     * @param clock gives the time of traces none of whose spans has one
     */
    public Batches(Clock clock) {
        this.clock = clock;
    }

    /** Low 64 bits of the trace's id. */
    public static long traceLow(Span span) {
        return traceLow(span.traceId());
    }

    /** Low 64 bits of a normalized trace id. */
    public static long traceLow(String traceId) {
        return Long.parseUnsignedLong(traceId, Math.max(0, traceId.length() - 16), traceId.length(), 16);
    }

    /**
     * Batches of at most 4,096 spans with new ids; spans of one trace stay together and in their
     * order as far as that allows.
     */
    public List<Batch> divide(List<Span> spans) {
        List<Part> parts = parts(spans);
        parts.sort(Comparator.comparingLong(part -> -part.startMillis));
        List<Batch> batches = new ArrayList<>();
        List<Part> together = new ArrayList<>();
        int size = 0;
        for (Part part : parts) {
            if (!together.isEmpty()
                    && (size + part.spans.size() > MAX_SPANS
                            || together.get(0).startMillis - part.startMillis > SPREAD_MILLIS)) {
                batches.add(batch(together));
                together.clear();
                size = 0;
            }
            together.add(part);
            size += part.spans.size();
        }
        if (!together.isEmpty()) {
            batches.add(batch(together));
        }
        return batches;
    }

    private List<Part> parts(List<Span> spans) {
        Map<Long, Part> open = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>();
        for (Span span : spans) {
            Part part = open.computeIfAbsent(traceLow(span), Part::new);
            part.add(span);
            if (part.spans.size() == MAX_SPANS) {
                parts.add(open.remove(part.trace));
            }
        }
        parts.addAll(open.values());
        for (Part part : parts) {
            if (part.startMillis == Long.MAX_VALUE) {
                part.startMillis = clock.millis();
            }
            part.startMillis = BatchIds.millis(BatchIds.lowest(part.startMillis));
        }
        return parts;
    }

    private Batch batch(List<Part> parts) {
        long id = ids.next(parts.get(0).startMillis);
        List<Span> spans = new ArrayList<>();
        long[] traces = new long[parts.size()];
        long[] startMillis = new long[parts.size()];
        List<Integer> traceOfSpan = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            traces[i] = part.trace;
            startMillis[i] = part.startMillis;
            for (Span span : part.spans) {
                spans.add(span);
                traceOfSpan.add(i);
            }
        }
        int[] numbers = traceOfSpan.stream().mapToInt(Integer::intValue).toArray();
        byte[] levels = new byte[numbers.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) BatchHeader.level(spans.get(i).durationAsLong());
        }
        byte[] header = new BatchHeader(traces, startMillis, numbers, levels).encode(parts.get(0).startMillis);
        return new Batch(id, List.copyOf(spans), header);
    }

    /** Spans of one trace, not more than a batch takes. */
    private static final class Part {
        final long trace;
        final List<Span> spans = new ArrayList<>();
        long startMillis = Long.MAX_VALUE;

        Part(long trace) {
            this.trace = trace;
        }

        void add(Span span) {
            spans.add(span);
            if (span.timestampAsLong() > 0) {
                startMillis = Math.min(startMillis, span.timestampAsLong() / 1000);
            }
        }
    }
}
