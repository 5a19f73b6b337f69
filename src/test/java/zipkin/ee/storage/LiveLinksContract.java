package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.StorageComponent;

/** What live counting of dependency links has to stand, where several servers share a storage. */
public abstract class LiveLinksContract {
    /** Longer than a lease. */
    private static final Duration LATER = Duration.ofSeconds(40);

    private final String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    private final String parent = "p" + traceId;
    private final String child = "c" + traceId;
    private final long micros = System.currentTimeMillis() * 1000;

    /** A server of its own on the storage that all tests share. */
    protected abstract StorageComponent open(Clock clock);

    /** Counts what can be counted, as the server does in the background. */
    protected abstract void count(StorageComponent storage);

    private Span client() {
        return Span.newBuilder()
                .traceId(traceId)
                .id("1")
                .kind(Span.Kind.CLIENT)
                .timestamp(micros)
                .localEndpoint(Endpoint.newBuilder().serviceName(parent).build())
                .build();
    }

    private Span server() {
        return client().toBuilder()
                .kind(Span.Kind.SERVER)
                .shared(true)
                .localEndpoint(Endpoint.newBuilder().serviceName(child).build())
                .putTag("error", "")
                .build();
    }

    @Test
    void spans_ofOneTrace_thatComeOneAfterTheOther_countOnce() throws IOException {
        try (StorageComponent storage = open(Clock.systemUTC())) {
            count(storage);
            store(storage, client());
            count(storage);
            assertThat(links(storage)).isEmpty();
            store(storage, server());
            count(storage);
            assertThat(links(storage)).containsExactly(expected(1));
        }
    }

    @Test
    void spans_thatComeAgain_countOnce() throws IOException {
        try (StorageComponent storage = open(Clock.systemUTC())) {
            count(storage);
            store(storage, client(), server());
            count(storage);
            store(storage, client(), server());
            store(storage, server());
            count(storage);
            assertThat(links(storage)).containsExactly(expected(1));
        }
    }

    @Test
    void servers_countOneAfterTheOther_andNoneWhatIsCounted() throws IOException {
        Clock late = Clock.offset(Clock.systemUTC(), LATER);
        try (StorageComponent first = open(Clock.systemUTC());
                StorageComponent second = open(late)) {
            count(first);
            store(first, client());
            count(first);
            store(second, server());
            // The first one's lease is over; what it did last is done again, which does no harm.
            count(second);
            assertThat(links(second)).containsExactly(expected(1));
            count(first);
            assertThat(links(first)).containsExactly(expected(1));
        }
    }

    @Test
    void server_thatWasRestarted_doesNotCountAgain() throws IOException {
        try (StorageComponent storage = open(Clock.systemUTC())) {
            count(storage);
            store(storage, client(), server());
            count(storage);
        }
        try (StorageComponent restarted = open(Clock.offset(Clock.systemUTC(), LATER))) {
            count(restarted);
            count(restarted);
            assertThat(links(restarted)).containsExactly(expected(1));
        }
    }

    private DependencyLink expected(long calls) {
        return DependencyLink.newBuilder()
                .parent(parent)
                .child(child)
                .callCount(calls)
                .errorCount(calls)
                .build();
    }

    private static void store(StorageComponent storage, Span... spans) throws IOException {
        storage.spanConsumer().accept(List.of(spans)).execute();
    }

    private List<DependencyLink> links(StorageComponent storage) throws IOException {
        return storage
                .spanStore()
                .getDependencies(micros / 1000 + 1000, Duration.ofHours(1).toMillis())
                .execute()
                .stream()
                .filter(link -> link.parent().equals(parent))
                .toList();
    }
}
