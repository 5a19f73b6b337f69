package zipkin.ee.storage.elasticsearch;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin.ee.storage.elasticsearch.SequenceReader.Part;
import zipkin.ee.storage.elasticsearch.SequenceReader.Sequenced;

/**
 * Reads the spans that one step counts, and the other spans of their traces. A step is longer the
 * more of other steps it has read again, so that a trace of many spans is read a few times and not
 * once for each two thousand of them. Used by one thread.
 */
final class StepReader {
    private static final int FIRST_SEQUENCES = 2000;
    private static final int MAX_SEQUENCES = 64_000;
    /**
     * Spans that a step reads again; of what is beyond, links are counted without what was counted
     * before.
     */
    private static final int MAX_READ_AGAIN = 100_000;

    private static final int TRACE_IDS_PER_SEARCH = 2000;

    private final IndexNames names;
    private final EngineLimits limits;
    private int sequences = FIRST_SEQUENCES;

    StepReader(IndexNames names, EngineLimits limits) {
        this.names = names;
        this.limits = limits;
    }

    /**
     * What a step counts.
     *
     * @param upTo sequence numbers of shards up to which it counts
     * @param traces all that is to be known of the traces, by the low 64 bits of their ids
     */
    record Step(Map<Integer, Long> upTo, Map<String, List<Sequenced>> traces) {}

    /**
     * @param due the index whose spans are to be counted
     * @param from up to where they are
     * @param to up to where they may be
     * @param present all indices
     */
    Step read(Cluster cluster, String due, Checkpoints.Index from, Checkpoints.Index to, Checkpoints present) {
        int perShard = Math.max(
                1, Math.min(sequences, MAX_SEQUENCES / Math.max(1, to.shards().size())));
        Map<Integer, Long> upTo = new TreeMap<>();
        List<Part> parts = new ArrayList<>();
        to.shards().forEach((shard, last) -> {
            long after = from.of(shard);
            long end = Math.max(after, Math.min(last, after + perShard));
            upTo.put(shard, end);
            if (end > after) {
                parts.add(new Part(due, shard, after, end, false, null));
            }
        });
        SequenceReader reader = new SequenceReader(cluster, limits);
        Map<String, List<Sequenced>> traces = new LinkedHashMap<>();
        Set<String> traceIds = new LinkedHashSet<>();
        int fresh = 0;
        for (Sequenced span : reader.read(parts, Integer.MAX_VALUE)) {
            traces.computeIfAbsent(TraceIds.low(span.span().traceId()), id -> new ArrayList<>())
                    .add(span);
            traceIds.add(span.span().traceId());
            fresh++;
        }
        int again = readAgain(reader, elsewhere(due, from, upTo, present, List.copyOf(traceIds)), traces);
        sequences = again > 0 && again >= fresh
                ? Math.min(MAX_SEQUENCES, 2 * sequences)
                : Math.max(FIRST_SEQUENCES, sequences / 2);
        return new Step(upTo, traces);
    }

    private static int readAgain(SequenceReader reader, List<Part> parts, Map<String, List<Sequenced>> traces) {
        int again = 0;
        for (Sequenced other : reader.read(parts, MAX_READ_AGAIN)) {
            List<Sequenced> trace = traces.get(TraceIds.low(other.span().traceId()));
            if (trace != null) {
                trace.add(other);
                again++;
            }
        }
        return again;
    }

    private List<Part> elsewhere(
            String due, Checkpoints.Index from, Map<Integer, Long> upTo, Checkpoints present, List<String> traceIds) {
        LocalDate day = Objects.requireNonNull(names.day(Kind.SPAN, due));
        int count = Math.min(TRACE_IDS_PER_SEARCH, limits.of(EngineLimit.TERMS));
        List<Part> parts = new ArrayList<>();
        for (List<String> some : Pages.of(traceIds, count)) {
            present.indices().forEach((name, other) -> {
                LocalDate otherDay = names.day(Kind.SPAN, name);
                boolean near =
                        otherDay != null && !otherDay.isBefore(day.minusDays(1)) && !otherDay.isAfter(day.plusDays(1));
                if (near) {
                    for (int shard : other.shards().keySet()) {
                        long after = name.equals(due) ? from.of(shard) : -1;
                        long end = name.equals(due) ? upTo.getOrDefault(shard, -1L) : -1;
                        parts.add(new Part(name, shard, after, end, true, some));
                    }
                }
            });
        }
        return parts;
    }
}
