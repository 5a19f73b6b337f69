package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class BoundedStorageTest {
    private static final Span SPAN = Span.newBuilder().traceId("a").id("b").build();

    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Executor oneAtATime = task -> {
        if (!waiting.isEmpty()) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(task);
    };

    @Test
    void write_whenEnqueued_isDoneByThePool() {
        Result result = new Result();
        new BoundedStorage(memory, oneAtATime)
                .spanConsumer()
                .accept(List.of(SPAN))
                .enqueue(result);
        assertThat(memory.getTraces()).isEmpty();

        waiting.remove().run();

        assertThat(memory.getTraces()).containsExactly(List.of(SPAN));
        assertThat(result.texts).containsExactly("success");
    }

    @Test
    void write_intoAFullPool_isRejected() {
        StorageComponent storage = new BoundedStorage(memory, oneAtATime);
        storage.spanConsumer().accept(List.of(SPAN)).enqueue(new Result());

        assertThatThrownBy(() -> storage.spanConsumer().accept(List.of(SPAN)).enqueue(new Result()))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void write_thatFails_tellsTheError() {
        StorageComponent failing = new zipkin2.storage.ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                throw new IllegalStateException("no connection");
            }
        };
        Result result = new Result();
        new BoundedStorage(failing, oneAtATime)
                .spanConsumer()
                .accept(List.of(SPAN))
                .enqueue(result);

        waiting.remove().run();

        assertThat(result.texts).containsExactly("no connection");
    }

    @Test
    void name_isTheDelegates() {
        assertThat(new BoundedStorage(memory, oneAtATime)).hasToString("InMemoryStorage{}");
    }

    private static final class Result implements Callback<Void> {
        final List<String> texts = new ArrayList<>();

        @Override
        public void onSuccess(Void value) {
            texts.add("success");
        }

        @Override
        public void onError(Throwable error) {
            texts.add(String.valueOf(error.getMessage()));
        }
    }
}
