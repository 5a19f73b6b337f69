package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
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
        TeeStorage tee = new TeeStorage(first, List.of(branch));

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
            TeeStorage tee = new TeeStorage(first, List.of(branch));
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
        TeeStorage tee = new TeeStorage(
                new Failing(new StorageUnavailableException("gone", null)),
                List.of(new TeeStorage.Branch("second", second)));

        store(tee);

        assertThat(outcomes).containsExactly("gone");
        assertThat(second.getTraces()).isEmpty();
        assertThat(tee.check().ok()).isFalse();
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
