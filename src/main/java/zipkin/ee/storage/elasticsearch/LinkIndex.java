package zipkin.ee.storage.elasticsearch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.link.LinkBacklog;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.DistinctSpans;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin.ee.storage.elasticsearch.LinkState.Change;
import zipkin.ee.storage.elasticsearch.SequenceReader.Sequenced;
import zipkin.ee.storage.elasticsearch.StepReader.Step;

/**
 * Counts links from the spans' documents by their sequence numbers, so that storing a span writes
 * nothing for it, and spans that other Zipkin servers write are counted too. Meant to run once at a
 * time in a server.
 */
final class LinkIndex implements LinkBacklog {
    private static final String STATE = "/_doc/state";
    private static final long LEASE_MILLIS = 30_000;
    private static final int OBSERVATIONS_PER_REST = 10;

    private final ReadyCluster ready;
    private final IndexNames names;
    private final String index;
    private final int replicas;
    private final Clock clock;
    private final long restMillis;
    private final String owner = UUID.randomUUID().toString();
    private final StepReader reader;
    private final Deque<Observation> observations = new ArrayDeque<>();
    private long appliedStep = -1;
    private volatile long pending;

    /** What there was at a time. */
    private record Observation(long millis, Checkpoints checkpoints) {}

    /**
     * @param prefix of indices
     * @param rest how long spans wait before they are counted
     */
    LinkIndex(
            ReadyCluster ready,
            IndexNames names,
            String prefix,
            int replicas,
            Clock clock,
            Duration rest,
            EngineLimits limits) {
        this.ready = ready;
        this.names = names;
        this.index = "/" + prefix + "-links";
        this.replicas = replicas;
        this.clock = clock;
        this.restMillis = rest.toMillis();
        this.reader = new StepReader(names, limits);
    }

    /** Sequence numbers of documents that are not counted yet, when this server counts. */
    long pending() {
        return pending;
    }

    /**
     * Writes down where counting begins, if nobody has: after what is there now, which may be
     * counted by others already. To be called before anything is written.
     */
    void begin(Cluster cluster) {
        if (load(cluster) != null) {
            return;
        }
        String settings = Json.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("settings");
            json.writeNumberField("index.number_of_shards", 1);
            json.writeNumberField("index.number_of_replicas", replicas);
            json.writeEndObject();
            json.writeObjectFieldStart("mappings");
            json.writeBooleanField("enabled", false);
            json.writeEndObject();
            json.writeEndObject();
        });
        ignoring(400, () -> cluster.tree(ClusterRequest.put(index, settings)));
        LinkState first = new LinkState("", 0, 0, Checkpoints.read(cluster, names), List.of(), 0, 0);
        ignoring(409, () -> cluster.tree(ClusterRequest.put(index + "/_create/state", first.json())));
    }

    /** Another server was faster. */
    private static void ignoring(int status, Runnable request) {
        try {
            request.run();
        } catch (ClusterRefusedException e) {
            if (e.status() != status) {
                throw e;
            }
        }
    }

    private @Nullable LinkState load(Cluster cluster) {
        return LinkState.parse(cluster.tree(ClusterRequest.get(index + STATE).ignoringMissing()));
    }

    @Override
    public int countSome() {
        ready.ready();
        Cluster cluster = ready.cluster();
        LinkState state = load(cluster);
        if (state == null) {
            begin(cluster);
            return 0;
        }
        long now = clock.millis();
        boolean mine = state.owner().equals(owner);
        if (!mine && state.untilMillis() > now) {
            observations.clear();
            return 0;
        }
        Checkpoints present = Checkpoints.read(cluster, names);
        pending = present.minus(state.counted());
        observe(now, present);
        if (state.step() != appliedStep) {
            apply(cluster, state);
        }
        Checkpoints rested = rested(now);
        String due = rested == null ? null : due(state.counted(), rested);
        if (due == null || rested == null) {
            if (!mine || state.untilMillis() - now < LEASE_MILLIS / 2) {
                save(cluster, state.owned(owner, now + LEASE_MILLIS));
            }
            return 0;
        }
        return count(cluster, state.owned(owner, now + LEASE_MILLIS), due, rested, present);
    }

    private void observe(long now, Checkpoints present) {
        Observation last = observations.peekLast();
        if (last == null || now - last.millis() >= restMillis / OBSERVATIONS_PER_REST) {
            observations.add(new Observation(now, present));
        }
    }

    /** What was there {@code rest} ago; null when that was not looked at. */
    private @Nullable Checkpoints rested(long now) {
        Checkpoints rested = null;
        while (!observations.isEmpty() && observations.peek().millis() <= now - restMillis) {
            rested = observations.remove().checkpoints();
        }
        if (rested != null) {
            // It is looked at again until a younger one has rested.
            observations.addFirst(new Observation(now - restMillis, rested));
        }
        return rested;
    }

    /** The oldest index with documents to count; null when there is none. */
    private static @Nullable String due(Checkpoints counted, Checkpoints rested) {
        for (Map.Entry<String, Checkpoints.Index> entry : rested.indices().entrySet()) {
            Checkpoints.Index before =
                    counted.of(entry.getKey(), entry.getValue().uuid());
            for (Map.Entry<Integer, Long> shard : entry.getValue().shards().entrySet()) {
                if (shard.getValue() > before.of(shard.getKey())) {
                    return entry.getKey();
                }
            }
        }
        return null;
    }

    private int count(Cluster cluster, LinkState state, String due, Checkpoints rested, Checkpoints present) {
        cluster.tree(
                new ClusterRequest("POST", "/" + due + "/_refresh", Map.of(), ClusterRequest.Body.of(""), false, true));
        Checkpoints.Index to = Objects.requireNonNull(rested.indices().get(due));
        Step step = reader.read(cluster, due, state.counted().of(due, to.uuid()), to, present);
        Map<String, List<Sequenced>> traces = step.traces();
        Checkpoints counted = state.counted().with(due, new Checkpoints.Index(to.uuid(), step.upTo()), present);
        LinkState next =
                save(cluster, state.next(counted, changes(state.counted(), counted, present, traces.values())));
        if (next == null) {
            return 0;
        }
        apply(cluster, next);
        return traces.size();
    }

    private List<Change> changes(
            Checkpoints before, Checkpoints after, Checkpoints present, Iterable<List<Sequenced>> traces) {
        LinkChanges changes = new LinkChanges();
        for (List<Sequenced> trace : traces) {
            DistinctSpans counted = new DistinctSpans();
            DistinctSpans whole = new DistinctSpans();
            for (Sequenced each : trace) {
                String uuid = Objects.requireNonNull(present.indices().get(each.index()))
                        .uuid();
                if (each.sequence() <= before.of(each.index(), uuid).of(each.shard())) {
                    counted.add(each.span());
                    whole.add(each.span());
                } else if (each.sequence() <= after.of(each.index(), uuid).of(each.shard())) {
                    whole.add(each.span());
                }
            }
            changes.add(counted.toList(), whole.toList());
        }
        List<Change> result = new ArrayList<>();
        changes.toApply()
                .forEach((link, change) -> result.add(new Change(
                        names.of(Kind.DEPENDENCY, Duration.ofDays(link.day()).toMillis()),
                        link.parent(),
                        link.child(),
                        change.calls(),
                        change.errors())));
        return result;
    }

    /** Null when another server has changed it meanwhile. */
    private @Nullable LinkState save(Cluster cluster, LinkState state) {
        ClusterRequest request = ClusterRequest.put(index + STATE, state.json());
        for (Map.Entry<String, String> condition : state.condition().entrySet()) {
            request = request.with(condition.getKey(), condition.getValue());
        }
        try {
            return state.stored(cluster.tree(request));
        } catch (ClusterRefusedException e) {
            if (e.status() == 409) {
                return null;
            }
            throw e;
        }
    }

    private void apply(Cluster cluster, LinkState state) {
        Map<String, Change> merged = new HashMap<>();
        for (Change change : state.changes()) {
            merged.merge(
                    change.index() + '/' + change.id(),
                    change,
                    (one, other) -> new Change(
                            one.index(),
                            one.parent(),
                            one.child(),
                            one.calls() + other.calls(),
                            one.errors() + other.errors()));
        }
        new LinkWriter(cluster).apply(state.step(), List.copyOf(merged.values()));
        appliedStep = state.step();
    }
}
