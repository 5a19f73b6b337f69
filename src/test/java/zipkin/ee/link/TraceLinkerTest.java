package zipkin.ee.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.testing.ChosenTexts;
import zipkin.ee.testing.Growth;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;

/**
 * The same links as zipkin2's, of any trace, and of the largest at a cost that grows no faster than
 * the trace.
 */
class TraceLinkerTest {
    private static final int TRACES = 20_000;
    private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());
    private static final String[] SERVICES = {"front", "back", "db", "an", "c0"};

    private final Random random = new Random(20261130);

    /** Traces whose links zipkin2 takes quadratic time for. */
    private enum Shape {
        /**
         * Local spans above as many calls, so that each call looks for its remote ancestor through
         * all of them.
         */
        CHAIN_ABOVE_CALLS {
            @Override
            Span span(int i, int spans) {
                boolean local = i < spans / 2;
                Span.Builder span = Span.newBuilder().traceId("1").id(i + 1L);
                if (i > 0) {
                    span.parentId(local ? i : spans / 2);
                }
                return local
                        ? span.build()
                        : span.kind(Span.Kind.CLIENT)
                                .localEndpoint(service("a"))
                                .remoteEndpoint(service("b"))
                                .build();
            }
        },
        CHAIN_OF_CALLS {
            @Override
            Span span(int i, int spans) {
                Span.Builder span = Span.newBuilder().traceId("1").id(i + 1L);
                if (i > 0) {
                    span.parentId(i);
                }
                return span.kind(Span.Kind.SERVER)
                        .localEndpoint(service("s" + i % 10))
                        .build();
            }
        },
        PARTS_OF_ONE_SPAN {
            @Override
            Span span(int i, int spans) {
                return Span.newBuilder().traceId("1").id(1).putTag("t" + i, "").build();
            }
        },
        ONE_ID_ON_MANY_HOSTS {
            @Override
            Span span(int i, int spans) {
                return Span.newBuilder()
                        .traceId("1")
                        .id(1)
                        .kind(Span.Kind.SERVER)
                        .shared(true)
                        .localEndpoint(service("s" + i))
                        .build();
            }
        },
        CYCLES {
            @Override
            Span span(int i, int spans) {
                return Span.newBuilder()
                        .traceId("1")
                        .id(i + 1L)
                        .parentId((i ^ 1) + 1L)
                        .build();
            }
        },
        /** Names whose {@link String#hashCode} is the same for all. */
        SERVICES_OF_ONE_HASH {
            @Override
            Span span(int i, int spans) {
                return Span.newBuilder()
                        .traceId("1")
                        .id(i + 1L)
                        .kind(Span.Kind.CLIENT)
                        .localEndpoint(service("x"))
                        .remoteEndpoint(service(ChosenTexts.ofOneHash(i)))
                        .build();
            }
        };

        abstract Span span(int i, int spans);

        List<Span> trace(int spans) {
            return IntStream.range(0, spans).mapToObj(i -> span(i, spans)).toList();
        }
    }

    @Test
    void randomTraces_haveTheLinksOfZipkin2() {
        int linked = 0;
        for (int trace = 0; trace < TRACES; trace++) {
            List<Span> spans = new ArrayList<>();
            for (int i = 1 + random.nextInt(random.nextInt(20) == 0 ? 60 : 8); i > 0; i--) {
                spans.add(span());
            }
            Collections.shuffle(spans, random);
            List<DependencyLink> expected =
                    new DependencyLinker().putTrace(spans).link();

            assertThat(TraceLinker.link(spans)).as("%s", spans).isEqualTo(expected);
            assertThat(TraceLinker.link(spans.stream().map(LinkChanges::reduced).toList()))
                    .as("reduced %s", spans)
                    .isEqualTo(expected);
            linked += expected.size();
        }
        assertThat(linked).isGreaterThan(TRACES);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void link_ofATraceTwiceAsLarge_costsNoMoreThanThreeTimesAsMuch(Shape shape) throws Exception {
        double growth = Growth.ofDoubling(6_000, size -> {
            List<Span> trace = shape.trace(size);
            return () -> assertThat(TraceLinker.link(trace)).isNotNull();
        });

        assertThat(growth).isLessThan(Growth.LESS_THAN_QUADRATIC);
    }

    /** No stack holds as many calls of itself. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void link_ofAHundredThousandSpans_ends(Shape shape) {
        assertThat(TraceLinker.link(shape.trace(100_000))).isNotNull();
    }

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }

    private Span span() {
        Span.Builder span = Span.newBuilder().traceId("1").id(1 + random.nextInt(6));
        if (random.nextInt(4) != 0) {
            span.parentId(1 + random.nextInt(6));
        }
        if (random.nextInt(4) != 0) {
            span.kind(KINDS.get(random.nextInt(4)));
        }
        if (random.nextInt(5) != 0) {
            span.localEndpoint(endpoint());
        }
        if (random.nextInt(2) == 0) {
            span.remoteEndpoint(endpoint());
        }
        if (random.nextInt(6) == 0) {
            span.putTag("error", "");
        }
        if (random.nextInt(3) != 0) {
            span.timestamp(1 + random.nextInt(9));
        }
        if (random.nextInt(3) == 0) {
            span.shared(random.nextInt(5) != 0);
        }
        return span.build();
    }

    private Endpoint endpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        if (random.nextInt(5) != 0) {
            endpoint.serviceName(SERVICES[random.nextInt(SERVICES.length)]);
        }
        if (random.nextInt(4) == 0) {
            endpoint.ip("10.0.0." + random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            endpoint.port(80 + random.nextInt(2));
        }
        return endpoint.build();
    }
}
