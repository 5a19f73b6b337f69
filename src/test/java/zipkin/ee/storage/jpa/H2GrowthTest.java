package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.testing.ChosenTexts;
import zipkin.ee.testing.Growth;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A message of twice as many spans of one trace costs twice as much to store, to link and to read;
 * the same message again too.
 */
class H2GrowthTest {
    private static final long NOW_MICROS = 1_767_268_800_000_000L;

    private final SqlStorage sql = new SqlStorage(H2Database.inMemory(), JpaProvider.HIBERNATE);
    private int traces;

    private enum Shape {
        ONE_TRACE {
            @Override
            void set(Span.Builder span, int i) {
                span.id(i + 1L).localEndpoint(service("front"));
            }
        },
        ONE_SPAN_ID {
            @Override
            void set(Span.Builder span, int i) {
                span.id(1).localEndpoint(service("front")).putTag("number", Integer.toString(i));
            }
        },
        NAMES_OF_ONE_HASH {
            @Override
            void set(Span.Builder span, int i) {
                span.id(i + 1L)
                        .kind(Span.Kind.CLIENT)
                        .name(ChosenTexts.ofOneHash(i))
                        .localEndpoint(service("front"))
                        .remoteEndpoint(service(ChosenTexts.ofOneHash(i)));
            }
        };

        abstract void set(Span.Builder span, int i);
    }

    @AfterEach
    void close() {
        sql.close();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void message_ofTwiceAsManySpans_costsLessThanThreeTimesAsMuch(Shape shape) throws Exception {
        double growth = Growth.ofDoubling(500, size -> {
            JpaStorage storage = sql.open(SqlStorage.SETTINGS);
            assertThat(storage.check().ok()).isTrue(); // makes the tables
            sql.clear();
            List<Span> message = message(shape, size);
            return () -> {
                storage.spanConsumer().accept(message).execute();
                storage.spanConsumer().accept(message).execute();
                while (storage.aggregator().aggregateNext() > 0) {
                    // until all are counted
                }
                assertThat(storage.getTrace(message.get(0).traceId()).execute()).hasSize(size);
            };
        });

        assertThat(growth).isLessThan(Growth.LESS_THAN_QUADRATIC);
    }

    private List<Span> message(Shape shape, int size) {
        String trace = Integer.toHexString(++traces);
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Span.Builder span = Span.newBuilder().traceId(trace).timestamp(NOW_MICROS + i);
            shape.set(span, i);
            spans.add(span.build());
        }
        return spans;
    }

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }
}
