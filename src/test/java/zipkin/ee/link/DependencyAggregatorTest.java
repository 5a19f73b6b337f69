package zipkin.ee.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Several servers that count links in one database without transactions. */
class DependencyAggregatorTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(40));

    private final Database database = new Database();
    private final Server first = new Server(Clock.systemUTC());
    private final DependencyAggregator aggregator = new DependencyAggregator(first);

    @Test
    void aggregateAll_ofSpansThatComeOneAfterTheOther_countsTheDifference() {
        aggregator.aggregateAll();
        database.waiting.add(client());
        aggregator.aggregateAll();
        assertThat(database.calls()).isZero();

        database.waiting.add(server());
        aggregator.aggregateAll();

        assertThat(database.calls()).isEqualTo(1);
        assertThat(aggregator.traces()).isEqualTo(2);
    }

    @Test
    void aggregateNext_whileAnotherServerHasTheLease_countsNothing() {
        aggregator.aggregateAll();
        database.waiting.add(client());
        aggregator.aggregateAll();
        database.waiting.add(server());
        Server other = new Server(Clock.systemUTC());

        assertThat(new DependencyAggregator(other).aggregateNext()).isZero();

        assertThat(other.pauses).isEqualTo(1);
        assertThat(database.calls()).isZero();
    }

    @Test
    void step_thatAServerHasWrittenAndNotApplied_isAppliedOnceByTheNext() {
        aggregator.aggregateAll();
        aggregator.aggregateAll();
        database.waiting.addAll(List.of(client(), server()));
        first.fails = true;
        assertThatThrownBy(aggregator::aggregateNext).isInstanceOf(IllegalStateException.class);
        assertThat(database.calls()).isZero();

        for (int takeOver = 0; takeOver < 2; takeOver++) {
            new DependencyAggregator(new Server(LATER)).aggregateAll();
            database.release();
        }

        assertThat(database.calls()).isEqualTo(1);
    }

    @Test
    void step_ofAServerThatHasLostTheLease_changesNothing() {
        aggregator.aggregateAll();
        database.waiting.addAll(List.of(client(), server()));
        first.overtaken = true;

        assertThat(aggregator.aggregateNext()).isZero();

        assertThat(database.calls()).isZero();
        assertThat(database.waiting).hasSize(2);
    }

    private static Span client() {
        return Span.newBuilder()
                .traceId("a")
                .id("1")
                .kind(Span.Kind.CLIENT)
                .localEndpoint(Endpoint.newBuilder().serviceName("frontend").build())
                .build();
    }

    private static Span server() {
        return client().toBuilder()
                .kind(Span.Kind.SERVER)
                .shared(true)
                .localEndpoint(Endpoint.newBuilder().serviceName("backend").build())
                .build();
    }

    private record Counting(Lease.Claim lease, long step, Map<Link, Change> changes) implements LoggedLinkStore.State {}

    private static final class Database {
        final List<Span> waiting = new ArrayList<>();
        final List<Span> counted = new ArrayList<>();
        final Map<Link, Change> links = new TreeMap<>();

        @Nullable
        Counting state;

        long appliedStep;

        long calls() {
            return links.values().stream().mapToLong(Change::calls).sum();
        }

        void release() {
            Counting present = state;
            if (present != null) {
                state = new Counting(Lease.Claim.NOBODY, present.step(), present.changes());
            }
        }
    }

    private final class Server extends LoggedLinkStore<Counting> {
        private final Lease lease;
        boolean fails;
        boolean overtaken;
        int pauses;

        Server(Clock clock) {
            this(new Lease(clock));
        }

        private Server(Lease lease) {
            super(lease);
            this.lease = lease;
        }

        @Override
        protected @Nullable Counting load() {
            return database.state;
        }

        @Override
        protected void begin() {
            database.state = new Counting(Lease.Claim.NOBODY, 0, Map.of());
        }

        @Override
        protected Counting take(Counting state) {
            Counting taken = new Counting(lease.claim(), state.step(), state.changes());
            database.state = taken;
            return taken;
        }

        @Override
        protected void pause() {
            pauses++;
        }

        @Override
        protected void apply(Counting state) {
            if (fails) {
                throw new IllegalStateException("ends here");
            }
            if (database.appliedStep < state.step()) {
                state.changes().forEach((link, change) -> database.links.merge(link, change, Change::plus));
                database.appliedStep = state.step();
            }
        }

        @Override
        protected LinkStore.Step next(Counting state) {
            return new LinkStore.Step() {
                @Override
                public boolean pending() {
                    return !database.waiting.isEmpty();
                }

                @Override
                public Collection<TraceSpans> read() {
                    TraceSpans trace = new TraceSpans();
                    database.counted.forEach(span -> trace.add(span, true));
                    database.waiting.forEach(span -> trace.add(span, false));
                    return List.of(trace);
                }

                @Override
                public boolean apply(Map<Link, Change> changes) {
                    if (overtaken) {
                        return end(null);
                    }
                    Counting next = new Counting(state.lease(), state.step() + 1, Map.copyOf(changes));
                    database.state = next;
                    database.counted.addAll(database.waiting);
                    database.waiting.clear();
                    return end(next);
                }
            };
        }
    }
}
