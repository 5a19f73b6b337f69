package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.codec.SpansToColumns;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class TeeStorageTest {
    private static final List<Span> SPANS =
            List.of(Span.newBuilder().traceId("a").id("b").build());

    private final InMemoryStorage first = InMemoryStorage.newBuilder().build();
    private final InMemoryStorage second = InMemoryStorage.newBuilder().build();
    private final List<String> outcomes = new ArrayList<>();

    @Test
    void spans_areStoredByAll_andReadFromTheFirst() throws IOException {
        TeeStorage.Branch branch = new TeeStorage.Branch("second", second);
        TeeStorage tee = TeeStorage.of(first, List.of(branch));

        store(tee);
        tee.spanConsumer().accept(SPANS).execute();

        assertThat(outcomes).containsExactly("stored");
        assertThat(first.getTraces()).hasSize(1);
        assertThat(second.getTraces()).hasSize(1);
        second.clear();
        assertThat(tee.traces().getTrace("a").execute()).hasSize(1);
        assertThat(branch.report().text()).isEqualTo("2 spans, 0 were lost to it");
        assertThat(branch.report().numbers()).containsEntry("stored_spans", 2L);
    }

    @Test
    void otherThatFails_inAnyWay_harmsNothing_andIsTold() {
        for (Throwable error : List.of(
                new StorageUnavailableException("gone", null),
                new RejectedExecutionException("full"),
                new Error("bad"))) {
            TeeStorage.Branch branch = new TeeStorage.Branch("second", new Failing(error));
            TeeStorage tee = TeeStorage.of(first, List.of(branch));
            outcomes.clear();

            store(tee);

            assertThat(outcomes).containsExactly("stored");
            assertThat(tee.check().ok()).isTrue();
            assertThatThrownBy(branch::report)
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage("down; 1 spans were lost to it");
        }
    }

    @Test
    void firstThatFails_isTold_andTheOthersGetNothing() {
        TeeStorage tee = TeeStorage.of(
                new Failing(new StorageUnavailableException("gone", null)),
                List.of(new TeeStorage.Branch("second", second)));

        store(tee);

        assertThat(outcomes).containsExactly("gone");
        assertThat(second.getTraces()).isEmpty();
        assertThat(tee.check().ok()).isFalse();
    }

    @Test
    void columns_reachAFirstThatTakesThem_withoutObjects_andTheOthersAsObjects() {
        ColumnStorage columnStorage = new ColumnStorage();
        TeeStorage tee = TeeStorage.of(columnStorage, List.of(new TeeStorage.Branch("second", second)));
        SpanColumns columns = SpansToColumns.toColumns(SPANS);

        assertThat(tee).isInstanceOfSatisfying(SpanColumnsConsumer.class, consumer -> consumer.accept(columns));

        assertThat(columnStorage.sizes).containsExactly(1);
        assertThat(second.getTraces()).containsExactly(SPANS);
    }

    @Test
    void columns_thatTheFirstRefuses_reachNoOther() {
        ColumnStorage columnStorage = new ColumnStorage();
        columnStorage.refuses = true;
        TeeStorage tee = TeeStorage.of(columnStorage, List.of(new TeeStorage.Branch("second", second)));
        SpanColumns columns = SpansToColumns.toColumns(SPANS);

        assertThatThrownBy(() -> ((SpanColumnsConsumer) tee).accept(columns)).isInstanceOf(IllegalStateException.class);

        assertThat(second.getTraces()).isEmpty();
    }

    @Test
    void firstThatTakesObjectsOnly_makesATeeThatTakesObjectsOnly() {
        assertThat(TeeStorage.of(first, List.of())).isNotInstanceOf(SpanColumnsConsumer.class);
    }

    private void store(TeeStorage tee) {
        tee.spanConsumer().accept(SPANS).enqueue(new Callback<>() {
            @Override
            public void onSuccess(Void ignored) {
                outcomes.add("stored");
            }

            @Override
            public void onError(Throwable error) {
                outcomes.add(String.valueOf(error.getMessage()));
            }
        });
    }

    private static final class ColumnStorage extends ForwardingStorageComponent implements SpanColumnsConsumer {
        private final List<Integer> sizes = new ArrayList<>();
        private boolean refuses;

        @Override
        protected StorageComponent delegate() {
            throw new IllegalStateException("Columns need no objects");
        }

        @Override
        public void accept(SpanColumns columns) {
            if (refuses) {
                throw new IllegalStateException("full");
            }
            sizes.add(columns.size());
        }
    }

    /** Throws a rejection when it is asked to store, and calls back with other errors. */
    private static final class Failing extends ForwardingStorageComponent {
        private final InMemoryStorage delegate = InMemoryStorage.newBuilder().build();
        private final Throwable error;

        Failing(Throwable error) {
            this.error = error;
        }

        @Override
        protected StorageComponent delegate() {
            return delegate;
        }

        @Override
        public CheckResult check() {
            return CheckResult.failed(new IllegalStateException("down"));
        }

        @Override
        public SpanConsumer spanConsumer() {
            return spans -> new Call.Base<>() {
                @Override
                protected Void doExecute() {
                    throw new IllegalStateException("A tee enqueues");
                }

                @Override
                public Call<Void> clone() {
                    throw new IllegalStateException("A tee enqueues once");
                }

                @Override
                protected void doEnqueue(Callback<Void> callback) {
                    if (error instanceof RejectedExecutionException rejection) {
                        throw rejection;
                    }
                    callback.onError(error);
                }
            };
        }
    }
}
