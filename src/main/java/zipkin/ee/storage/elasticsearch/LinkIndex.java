package zipkin.ee.storage.elasticsearch;

import static zipkin.ee.storage.elasticsearch.JsonBody.object;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.link.LinkStore;
import zipkin.ee.link.LoggedLinkStore;
import zipkin.ee.link.TraceSpans;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin.ee.storage.elasticsearch.LinkState.Change;
import zipkin.ee.storage.elasticsearch.SequenceReader.Sequenced;

/**
 * Counts links from the spans' documents by their sequence numbers, so that storing a span writes
 * nothing for it, and spans that other Zipkin servers write are counted too.
 */
final class LinkIndex extends LoggedLinkStore<LinkState> {
    private static final String STATE = "/_doc/state";

    private final ReadyCluster ready;
    private final IndexNames names;
    private final String index;
    private final int replicas;
    private final Clock clock;
    private final Lease lease;
    private final StepReader reader;
    private final RestedCheckpoints observed;
    private volatile long pending;

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
            Lease lease,
            Duration rest,
            EngineLimits limits) {
        super(lease);
        this.ready = ready;
        this.names = names;
        this.index = "/" + prefix + "-links";
        this.replicas = replicas;
        this.clock = clock;
        this.lease = lease;
        this.reader = new StepReader(names, limits);
        this.observed = new RestedCheckpoints(rest.toMillis());
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
        Object settings = object("index.number_of_shards", 1, "index.number_of_replicas", replicas);
        String made = object("settings", settings, "mappings", object("enabled", false))
                .text();
        ignoring(400, () -> cluster.tree(ClusterRequest.put(index, made)));
        LinkState first = new LinkState(Lease.Claim.NOBODY, 0, Checkpoints.read(cluster, names), List.of(), 0, 0);
        ignoring(409, () -> cluster.tree(ClusterRequest.put(index + "/_create/state", first.json())));
    }

    /** Ignores that another server was faster. */
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
    protected @Nullable LinkState load() {
        ready.ready();
        return load(ready.cluster());
    }

    @Override
    protected void begin() {
        begin(ready.cluster());
    }

    /** Takes nothing: the lease is written with the step. */
    @Override
    protected LinkState take(LinkState state) {
        return state;
    }

    @Override
    protected void pause() {
        observed.clear();
    }

    @Override
    protected LinkStore.Step next(LinkState state) {
        return new Next(ready.cluster(), state);
    }

    @Override
    protected void apply(LinkState state) {
        new LinkWriter(ready.cluster()).apply(state.step(), state.changes());
    }

    /** Returns the state as stored; null when another server has changed it meanwhile. */
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

    /** Some of the documents of the oldest index that has any to count. */
    private final class Next implements LinkStore.Step {
        private final Cluster cluster;
        private final LinkState state;
        private final Checkpoints present;
        private final @Nullable Checkpoints rested;
        private @Nullable String due;
        private Checkpoints counted;

        Next(Cluster cluster, LinkState state) {
            this.cluster = cluster;
            this.state = state;
            this.present = Checkpoints.read(cluster, names);
            this.rested = observed.observe(clock.millis(), present);
            this.counted = state.counted();
            pending = present.minus(counted);
        }

        @Override
        public boolean pending() {
            due = rested == null ? null : rested.firstBeyond(counted);
            if (due == null && lease.needsRenewal(state.lease())) {
                save(cluster, state.under(lease.claim()));
            }
            return due != null;
        }

        @Override
        public Collection<TraceSpans> read() {
            String name = Objects.requireNonNull(due);
            Checkpoints.Index to = Objects.requireNonNull(
                    Objects.requireNonNull(rested).indices().get(name));
            cluster.tree(ClusterRequest.post("/" + name + "/_refresh", "").ignoringMissing());
            StepReader.Step step = reader.read(cluster, name, state.counted().of(name, to.uuid()), to, present);
            counted = state.counted().with(name, new Checkpoints.Index(to.uuid(), step.upTo()), present);
            return step.traces().values().stream().map(this::trace).toList();
        }

        private TraceSpans trace(List<Sequenced> spans) {
            TraceSpans trace = new TraceSpans();
            for (Sequenced each : spans) {
                String uuid = Objects.requireNonNull(present.indices().get(each.index()))
                        .uuid();
                boolean isCounted = each.isWithin(state.counted().of(each.index(), uuid));
                if (isCounted || each.isWithin(counted.of(each.index(), uuid))) {
                    trace.add(each.span(), isCounted);
                }
            }
            return trace;
        }

        @Override
        public boolean apply(Map<LinkChanges.Link, LinkChanges.Change> changes) {
            List<Change> byIndex = new ArrayList<>();
            changes.forEach((link, change) -> byIndex.add(new Change(
                    names.of(Kind.DEPENDENCY, Duration.ofDays(link.day()).toMillis()),
                    link.parent(),
                    link.child(),
                    change.calls(),
                    change.errors())));
            return end(save(cluster, state.under(lease.claim()).next(counted, byIndex)));
        }
    }
}
