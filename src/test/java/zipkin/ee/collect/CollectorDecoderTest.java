package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budgets;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.storage.InMemoryStorage;

/** Messages whose transport decodes them. */
class CollectorDecoderTest {
    private static final Span LOW = Span.newBuilder().traceId("1").id("1").build();
    private static final Span HIGH =
            Span.newBuilder().traceId("7fffffffffffffff").id("1").build();
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final long ENOUGH = 1_000_000;
    private static final int MAX_MESSAGE_BYTES = 10_000;

    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final TransportCounters counters = new TransportCounters("test", false);
    private final Budgets budgets = new Budgets();

    @Test
    void spans_areStoredAndCounted() {
        assertThat(accept(1, ENOUGH, (bytes, columns, room) -> List.of(LOW, HIGH), null))
                .isEqualTo(new Outcome.Stored());

        assertThat(memory.getTraces()).containsExactlyInAnyOrder(List.of(LOW), List.of(HIGH));
        assertThat(counters.messages()).isEqualTo(1);
        assertThat(counters.bytes()).isEqualTo(3);
        assertThat(counters.spans()).isEqualTo(2);
        assertThat(counters.spansDropped()).isZero();
        assertThat(budgets.all())
                .allSatisfy(each -> assertThat(each.used().getAsLong()).isZero());
    }

    @Test
    void spans_areSampled() {
        accept(0.5, ENOUGH, (bytes, columns, room) -> List.of(LOW, HIGH), null);

        assertThat(memory.getTraces()).containsExactly(List.of(LOW));
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void rejectedSpans_areReceivedAndDropped() {
        accept(1, ENOUGH, (bytes, columns, room) -> List.of(LOW), null);
        counters.spansRejected(2);

        assertThat(counters.spans()).isEqualTo(3);
        assertThat(counters.spansDropped()).isEqualTo(2);
    }

    @Test
    void emptyMessage_isNotDecoded() {
        SpanDecoder fails = (bytes, columns, room) -> {
            throw new AssertionError("decoded");
        };

        assertThat(collector(1, ENOUGH)
                        .accept(Delivery.decoded(new byte[0], fails, counters))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Outcome.Stored());
        assertThat(counters.messages()).isEqualTo(1);
    }

    @Test
    void malformedMessage_isDroppedWithItsReason() {
        SpanDecoder malformed = (bytes, columns, room) -> {
            throw new MalformedSpansException("why");
        };

        assertThat(accept(1, ENOUGH, malformed, null)).isEqualTo(new Outcome.Malformed("why"));
        assertThat(counters.messagesDropped()).isEqualTo(1);
    }

    @Test
    void decoder_learnsThatItsMessageIsStored_once() {
        CountingDecoder decoder = new CountingDecoder();

        accept(1, ENOUGH, decoder, null);
        assertThat(decoder.stored).isEqualTo(1);

        accept(1, ENOUGH, decoder, new ListJournal(new ArrayList<>()));
        assertThat(decoder.stored).isEqualTo(2);
    }

    @Test
    void decoder_ofAStorageThatIsDown_learnsNothing_thenItIsStored() {
        CountingDecoder decoder = new CountingDecoder();
        CompletableFuture<Outcome> writing = new CompletableFuture<>();
        CompletableFuture<Outcome> accepted = collector(1, ENOUGH)
                .accept(Delivery.decoded(MESSAGE, decoder, counters).into(new SlowJournal(writing)))
                .toCompletableFuture();
        assertThat(decoder.stored).isZero();
        writing.complete(new Outcome.TryLater("the disk is full"));
        assertThat(accepted.join()).isInstanceOf(Outcome.TryLater.class);
        assertThat(decoder.stored).isZero();

        CompletableFuture<Outcome> again = new CompletableFuture<>();
        CompletionStage<Outcome> second = collector(1, ENOUGH)
                .accept(Delivery.decoded(MESSAGE, decoder, counters).into(new SlowJournal(again)));
        again.complete(Outcome.Stored.INSTANCE);
        assertThat(second.toCompletableFuture().join()).isEqualTo(Outcome.Stored.INSTANCE);
        assertThat(decoder.stored).isEqualTo(1);
    }

    @Test
    void brokersMessage_isBounded_andOthersAreNot() {
        byte[] large = new byte[MAX_MESSAGE_BYTES + 1];
        CountingDecoder decoder = new CountingDecoder();

        assertThat(collector(1, ENOUGH)
                        .accept(Delivery.ofBroker(large, decoder, counters))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Outcome.Malformed(
                        "The message has 10001 bytes, more than COLLECTOR_MESSAGE_MAX_BYTES=10000", true));
        assertThat(decoder.stored).isZero();
        assertThat(counters.messagesDropped()).isEqualTo(1);

        assertThat(collector(1, ENOUGH)
                        .accept(Delivery.decoded(large, decoder, counters))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Outcome.Stored());
    }

    @Test
    void room_isTakenByTheGrowthOfTotals() {
        List<Long> held = new ArrayList<>();
        SpanDecoder decoder = (bytes, columns, room) -> {
            for (long total : new long[] {100, 300, 200, 300}) {
                room.accept(total);
                held.add(budgets.all().iterator().next().used().getAsLong());
            }
            return List.of(LOW);
        };

        accept(1, ENOUGH, decoder, null);

        assertThat(held).containsExactly(100L, 300L, 300L, 300L);
    }

    @Test
    void message_thatNeedsMoreThanTheBudget_isTooLarge() {
        SpanDecoder large = (bytes, columns, room) -> {
            room.accept(ENOUGH + 1);
            return List.of(LOW);
        };

        assertThat(accept(1, ENOUGH, large, null))
                .isInstanceOfSatisfying(Outcome.Malformed.class, malformed -> assertThat(malformed.tooLarge())
                        .isTrue());
        assertThat(memory.getTraces()).isEmpty();
    }

    @Test
    void columns_ofTheSpans_needRoomToo() {
        assertThat(accept(1, SpanSize.of(LOW) - 1, (bytes, columns, room) -> List.of(LOW), null))
                .isInstanceOf(Outcome.Malformed.class);
    }

    @Test
    void journal_getsTheSpansAsProto3() {
        List<byte[]> kept = new ArrayList<>();

        accept(1, ENOUGH, (bytes, columns, room) -> List.of(LOW, HIGH), new ListJournal(kept));

        assertThat(kept).singleElement().satisfies(message -> assertThat(SpanBytesDecoder.PROTO3.decodeList(message))
                .containsExactly(LOW, HIGH));
        assertThat(memory.getTraces()).isEmpty();
        assertThat(counters.spans()).isEqualTo(2);
    }

    private Outcome accept(double rate, long budget, SpanDecoder decoder, @Nullable Journal journal) {
        return collector(rate, budget)
                .accept(Delivery.decoded(MESSAGE, decoder, counters).into(journal))
                .toCompletableFuture()
                .join();
    }

    private Collector collector(double rate, long budget) {
        return new Collector(
                memory,
                new CollectorSettings(rate, 0, 10, 2, Duration.ofSeconds(5), Duration.ofSeconds(1)),
                new BudgetSettings(budget, budget, 10_000, MAX_MESSAGE_BYTES),
                budgets);
    }

    private static final class CountingDecoder implements SpanDecoder {
        private int stored;

        @Override
        public List<Span> decode(byte[] message, SpanColumns columns, LongConsumer room) {
            return List.of(LOW);
        }

        @Override
        public void stored() {
            stored++;
        }
    }

    private record SlowJournal(CompletionStage<Outcome> writing) implements Journal {
        @Override
        public void open() {
            // nothing to open
        }

        @Override
        public CompletionStage<Outcome> keep(byte[] message, Encoding encoding, boolean debug, Account account) {
            return writing;
        }

        @Override
        public String place() {
            return "slow";
        }

        @Override
        public @Nullable String problem() {
            return null;
        }
    }

    private record ListJournal(List<byte[]> kept) implements Journal {
        @Override
        public void open() {
            // nothing to open
        }

        @Override
        public CompletionStage<Outcome> keep(byte[] message, Encoding encoding, boolean debug, Account account) {
            assertThat(encoding).isEqualTo(Encoding.PROTO3);
            kept.add(message);
            return CompletableFuture.completedFuture(Outcome.Stored.INSTANCE);
        }

        @Override
        public String place() {
            return "a list";
        }

        @Override
        public @Nullable String problem() {
            return null;
        }
    }
}
