package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.config.StorageSettings;
import zipkin2.Span;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.QueryRequest;

/** Traces that are too large to be objects are the same as zipkin2's, which are. */
class StoredTraceTest {
    private static final long NOW_MILLIS = 1_767_268_800_000L;
    private static final int SPANS = 12_000;
    private static final int IDS = 5;

    /** So that those who ask for large traces wait for each other, and others do not. */
    @Test
    void largeTrace_asksForRoom_beforeItIsRead() throws Exception {
        MemoryStorage storage = storage(true);
        List<Span> spans = IntStream.range(1, SPANS)
                .mapToObj(i -> Span.newBuilder().traceId("1").id(i).build())
                .toList();
        storage.spanConsumer().accept(spans).execute();
        List<Long> asked = new ArrayList<>();

        assertThatThrownBy(() -> ReadRoom.within(
                        bytes -> {
                            asked.add(bytes);
                            throw new IllegalStateException("no room");
                        },
                        () -> storage.getTrace("1").execute()))
                .hasMessage("no room");
        assertThat(asked).singleElement().satisfies(bytes -> assertThat(bytes).isEqualTo(2L << 20));
    }

    /** Beyond 2 MiB they are not kept. */
    @Test
    void trace_takesRoom_forTheSpansThatItKeeps() throws Exception {
        MemoryStorage storage = storage(true);
        for (int trace = 1; trace <= 2; trace++) {
            for (int i = 1; i <= 500; i++) {
                storage.spanConsumer()
                        .accept(List.of(
                                Span.newBuilder().traceId(0, trace).id(i).build()))
                        .execute();
            }
        }
        AtomicLong most = new AtomicLong();

        long read = ReadRoom.within(most::set, () -> {
            storage.getTraces(List.of("1", "2")).execute();
            return ReadRoom.bytes();
        });

        assertThat(read).isEqualTo(1000 * 256);
        assertThat(most.get()).isBetween(200_000L, 350_000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void largeTraces_areThoseOfZipkin2(boolean strictTraceId) throws IOException {
        MemoryStorage ours = storage(strictTraceId);
        InMemoryStorage theirs =
                InMemoryStorage.newBuilder().strictTraceId(strictTraceId).build();
        Random random = new Random(20261130);
        List<Span> message = new ArrayList<>();
        for (int i = 1; i <= SPANS; i++) {
            message.add(span(i, random));
            if (message.size() == 300) {
                ours.spanConsumer().accept(message).execute();
                theirs.accept(message).execute();
                message.clear();
            }
        }

        for (int id = 0; id < IDS; id++) {
            String traceId = traceId(id);
            List<Span> trace = ours.getTrace(traceId).execute();
            assertThat(trace).isEqualTo(theirs.getTrace(traceId).execute());
            assertThat(trace).hasSize(strictTraceId ? SPANS / IDS : SPANS);
        }
        Set<String> ids = Set.of(traceId(0), traceId(1), traceId(IDS - 1));
        assertThat(ours.getTraces(ids).execute())
                .containsExactlyInAnyOrderElementsOf(theirs.getTraces(ids).execute());
        QueryRequest request = QueryRequest.newBuilder()
                .endTs(NOW_MILLIS + 100_000)
                .lookback(200_000)
                .limit(10)
                .build();
        List<List<Span>> found = ours.spanStore().getTraces(request).execute();
        assertThat(found).isEqualTo(theirs.getTraces(request).execute());
        assertThat(found).hasSize(strictTraceId ? IDS : 1);
        assertThat(found.get(found.size() - 1)).as("made when it is asked for").isInstanceOf(StoredTrace.class);
    }

    /**
     * Wide and narrow ids of one lower half; many of a millisecond, few of which come one after the
     * other.
     */
    private static Span span(int number, Random random) {
        return Span.newBuilder()
                .traceId(traceId(number % IDS))
                .id(number)
                .timestamp((NOW_MILLIS + random.nextInt(SPANS / 4)) * 1000 + number % 1000)
                .putTag("number", Integer.toString(number))
                .build();
    }

    private static MemoryStorage storage(boolean strictTraceId) {
        StorageSettings settings =
                new StorageSettings("mem", List.of(), strictTraceId, true, List.of(), Duration.ofHours(1));
        return new MemoryStorage(settings, new MemorySettings(500_000, 1L << 28));
    }

    private static String traceId(int number) {
        return (number == 0 ? "" : number + "000000000000000") + "000000000000000a";
    }
}
