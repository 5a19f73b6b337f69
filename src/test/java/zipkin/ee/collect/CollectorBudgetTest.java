package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.codec.Encoding;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class CollectorBudgetTest {
    private static final int DECODED_BYTES = 2_000_000;
    private static final int MESSAGE_BYTES = 1_000_000;
    private static final CollectorSettings SETTINGS =
            new CollectorSettings(1.0, 0, 10, 2, Duration.ofSeconds(5), Duration.ofSeconds(1));
    private static final BudgetSettings BOUNDS =
            new BudgetSettings(DECODED_BYTES, DECODED_BYTES, 10_000, MESSAGE_BYTES);

    private final Budgets budgets = new Budgets();
    private final List<Callback<Void>> waiting = new ArrayList<>();
    private final Collector collector = new Collector(stalled(), SETTINGS, BOUNDS, budgets);
    private final TransportCounters counters = new TransportCounters("test", false);

    @Test
    void message_isHeld_untilTheStorageIsDone() {
        Budget bodies = new Budget(MESSAGE_BYTES);
        Account account = new Account();
        byte[] message = message(1000);
        account.require(bodies, message.length);

        CompletableFuture<Outcome> outcome = accept(message, account);

        assertThat(outcome).isNotDone();
        assertThat(decoded()).isBetween(256_000L, 600_000L);
        assertThat(bodies.used()).as("bytes, which are decoded").isZero();
        waiting.get(0).onSuccess(null);
        assertThat(outcome).isCompletedWithValue(new Outcome.Stored());
        assertThat(decoded()).isZero();
    }

    @Test
    void messages_beyondTheBudget_areToldToTryLater_untilOthersAreStored() {
        List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, 20)
                .mapToObj(i -> accept(message(1000), new Account()))
                .toList();

        int stored = waiting.size();
        assertThat(stored).isBetween(2, 8);
        assertThat(outcomes.subList(stored, 20)).allMatch(outcome -> outcome.join()
                .equals(new Outcome.TryLater("Too many spans are on their way to the storage. Try again later.")));
        assertThat(counters.messagesDropped()).isEqualTo(20 - stored);
        waiting.forEach(callback -> callback.onSuccess(null));
        assertThat(decoded()).isZero();
        assertThat(accept(message(1000), new Account())).isNotDone();
    }

    @Test
    void message_thatCouldNeverFit_isTooLarge_andNamesTheSetting() {
        Outcome outcome = accept(message(20_000), new Account()).join();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Malformed.class, malformed -> {
            assertThat(malformed.tooLarge()).isTrue();
            assertThat(malformed.reason())
                    .matches("The spans would take about \\d+ bytes of the heap, more than"
                            + " COLLECTOR_MAX_DECODED_BYTES=2000000\\. Send fewer in a message\\.");
        });
        assertThat(decoded()).isZero();
    }

    @Test
    void message_thatCantBeRead_holdsNothingAfterwards() {
        Account account = new Account();
        Budget bodies = new Budget(10);
        account.require(bodies, 2);

        assertThat(accept(new byte[] {'[', '{'}, account).join()).isInstanceOf(Outcome.Malformed.class);
        assertThat(bodies.used()).isZero();
        assertThat(decoded()).isZero();
    }

    @Test
    void brokersMessage_beyondItsSetting_isADeadLetterThatNamesIt() {
        MessageIntake intake = new MessageIntake(collector, SETTINGS, BOUNDS);

        assertThat(intake.take(Delivery.detected(new byte[MESSAGE_BYTES + 1], counters)))
                .isEqualTo(new Outcome.Malformed(
                        "The message has 1000001 bytes, more than COLLECTOR_MESSAGE_MAX_BYTES=1000000", true));
        assertThat(collector.refusal(MESSAGE_BYTES)).isNull();
    }

    private long decoded() {
        return budgets.all().stream()
                .filter(reading -> reading.name().equals("decoded_bytes"))
                .mapToLong(reading -> reading.used().getAsLong())
                .sum();
    }

    private CompletableFuture<Outcome> accept(byte[] message, Account account) {
        return collector
                .accept(Delivery.encoded(message, Encoding.PROTO3, counters).with(false, account))
                .toCompletableFuture();
    }

    private static byte[] message(int spans) {
        return SpanBytesEncoder.PROTO3.encodeList(IntStream.rangeClosed(1, spans)
                .mapToObj(id -> Span.newBuilder().traceId(0, id).id(id).build())
                .toList());
    }

    private StorageComponent stalled() {
        StorageComponent memory = InMemoryStorage.newBuilder().build();
        return new ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                return spans -> new Stalled();
            }
        };
    }

    private final class Stalled extends Call.Base<Void> {
        @Override
        protected Void doExecute() {
            throw new UnsupportedOperationException("only enqueued here");
        }

        @Override
        protected void doEnqueue(Callback<Void> callback) {
            waiting.add(callback);
        }

        @Override
        public Call<Void> clone() {
            return new Stalled();
        }
    }
}
