package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;

/** Traces of more rows than one page has, some of whose spans take several rows. */
class TracePagesTest {
    private static final long NOW_MILLIS = 1_767_268_800_000L;
    private static final int SPANS = 6_000;
    private static final int TRACES = 3;

    @ParameterizedTest
    @EnumSource
    void traces_ofManyPages_areWhole(JpaProvider provider) throws Exception {
        try (SqlStorage sql = new SqlStorage(H2Database.inMemory(), provider)) {
            JpaStorage storage = sql.open(SqlStorage.SETTINGS);
            List<List<Span>> traces = new ArrayList<>();
            for (int trace = 0; trace < TRACES; trace++) {
                traces.add(new ArrayList<>());
            }
            Random random = new Random(20261130);
            List<Span> message = new ArrayList<>();
            for (int i = 1; i <= SPANS; i++) {
                int trace = random.nextInt(TRACES);
                Span span = span(trace, i, random.nextInt(40) == 0 ? 70_000 + random.nextInt(200_000) : 10);
                message.add(span);
                traces.get(trace).add(span);
                if (message.size() == 400) {
                    storage.spanConsumer().accept(message).execute();
                    message.clear();
                }
            }

            Set<String> ids = new LinkedHashSet<>();
            for (List<Span> trace : traces) {
                ids.add(trace.get(0).traceId());
                assertThat(storage.getTrace(trace.get(0).traceId()).execute())
                        .containsExactlyInAnyOrderElementsOf(trace);
            }
            AtomicLong required = new AtomicLong();
            List<List<Span>> found =
                    ReadRoom.within(required::set, () -> storage.getTraces(ids).execute());
            for (int i = 0; i < TRACES; i++) {
                assertThat(found.get(i)).containsExactlyInAnyOrderElementsOf(traces.get(i));
            }
            long size = found.stream().mapToLong(SpanSize::of).sum();
            assertThat(required.get()).isBetween(size, size + 300_000);
        }
    }

    /** So that a query which finds no room for it has not read a part of it in vain. */
    @ParameterizedTest
    @EnumSource
    void largeTrace_thatWasReadBefore_isRequiredBeforeItIsReadAgain(JpaProvider provider) throws Exception {
        try (SqlStorage sql = new SqlStorage(H2Database.inMemory(), provider)) {
            JpaStorage storage = sql.open(SqlStorage.SETTINGS);
            List<Span> trace = IntStream.rangeClosed(1, LargeTraces.ROWS + 500)
                    .mapToObj(i -> span(0, i, 1))
                    .toList();
            storage.spanConsumer().accept(trace).execute();
            assertThat(firstRequired(storage)).isLessThan(200_000);
            assertThat(firstRequired(storage)).isEqualTo(LargeTraces.LEAST_BYTES);
        }
    }

    private static long firstRequired(JpaStorage storage) throws Exception {
        List<Long> required = new ArrayList<>();
        ReadRoom.within(required::add, () -> storage.getTrace("1").execute());
        return required.get(0);
    }

    private static Span span(int trace, int number, int length) {
        return Span.newBuilder()
                .traceId(Integer.toHexString(trace + 1))
                .id(number)
                .timestamp(NOW_MILLIS * 1000 + number)
                .putTag("body", Integer.toString(number % 10).repeat(length))
                .build();
    }
}
