package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.Encoding;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.InMemoryStorage;

/** Messages on their way into a journal, and back from it. */
class JournalTest {
    private static final Span LOW = Span.newBuilder().traceId("1").id("1").build();
    private static final Span HIGH =
            Span.newBuilder().traceId("7fffffffffffffff").id("1").build();
    private static final byte[] BOTH = SpanBytesEncoder.JSON_V2.encodeList(List.of(LOW, HIGH));

    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final TransportCounters counters = new TransportCounters("test", false);
    private final List<Kept> kept = new ArrayList<>();
    private Outcome answer = Outcome.Stored.INSTANCE;

    @SuppressWarnings("ArrayRecordComponent") // the same array is expected
    private record Kept(byte[] message, Encoding encoding, boolean debug) {}

    @Test
    void messageThatIsKeptWhole_isJournaledUnmodified_andNotStored() {
        assertThat(accept(1, delivery(BOTH).with(true, new Account()).into(new ListJournal())))
                .isEqualTo(Outcome.Stored.INSTANCE);

        assertThat(kept).containsExactly(new Kept(BOTH, Encoding.JSON_V2, true));
        assertThat(memory.getTraces()).isEmpty();
        assertThat(counters.messages()).isEqualTo(1);
        assertThat(counters.bytes()).isEqualTo(BOTH.length);
        assertThat(counters.spans()).isEqualTo(2);
        assertThat(counters.spansDropped()).isZero();
    }

    @Test
    void messageThatIsSampled_isJournaledWithTheSpansKept() {
        accept(0.5, delivery(BOTH).into(new ListJournal()));

        assertThat(kept).singleElement().satisfies(each -> {
            assertThat(each.encoding()).isEqualTo(Encoding.PROTO3);
            assertThat(SpanBytesDecoder.PROTO3.decodeList(each.message())).containsExactly(LOW);
        });
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void messageThatSamplingDropsWhole_isNotJournaled() {
        assertThat(accept(0, delivery(BOTH).into(new ListJournal()))).isEqualTo(Outcome.Stored.INSTANCE);

        assertThat(kept).isEmpty();
    }

    @Test
    void messageThatCantBeRead_isNotJournaled() {
        assertThat(accept(1, delivery(new byte[] {'['}).into(new ListJournal())))
                .isInstanceOf(Outcome.Malformed.class);

        assertThat(kept).isEmpty();
        assertThat(counters.messagesDropped()).isEqualTo(1);
    }

    @Test
    void spansThatTheJournalRefuses_areDropped() {
        answer = new Outcome.TryLater("full");

        assertThat(accept(1, delivery(BOTH).into(new ListJournal()))).isEqualTo(answer);

        assertThat(counters.spansDropped()).isEqualTo(2);
    }

    @Test
    void messageFromTheJournal_isStored_withItsDebugFlag_andNotSampledAgain() {
        accept(0.5, delivery(BOTH).fromJournal(false));
        assertThat(memory.getTraces()).containsExactlyInAnyOrder(List.of(LOW), List.of(HIGH));

        memory.clear();
        accept(0.5, delivery(BOTH).fromJournal(true));
        assertThat(memory.getTraces())
                .containsExactlyInAnyOrder(
                        List.of(LOW.toBuilder().debug(true).build()),
                        List.of(HIGH.toBuilder().debug(true).build()));
    }

    private Delivery delivery(byte[] json) {
        return Delivery.encoded(json, Encoding.JSON_V2, counters);
    }

    private Outcome accept(double rate, Delivery delivery) {
        CollectorSettings settings =
                new CollectorSettings(rate, 0, 10, 2, Duration.ofSeconds(5), Duration.ofSeconds(1));
        return Unbounded.collector(memory, settings)
                .accept(delivery)
                .toCompletableFuture()
                .join();
    }

    /** Keeps messages in a list, and gives the answer of the test. */
    private final class ListJournal implements Journal {
        @Override
        public void open() {}

        @Override
        public CompletionStage<Outcome> keep(byte[] message, Encoding encoding, boolean debug, Account account) {
            kept.add(new Kept(message, encoding, debug));
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public String place() {
            return "a list";
        }

        @Override
        public String problem() {
            return "";
        }
    }
}
