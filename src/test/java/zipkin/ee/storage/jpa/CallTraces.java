package zipkin.ee.storage.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;

/**
 * Traces of ten spans: a front end calls three of five back ends, each of which calls a database
 * that reports nothing. Some calls fail. The same seed gives the same traces.
 */
final class CallTraces {
    static final int SPANS = 10;

    private static final Endpoint DATABASE =
            Endpoint.newBuilder().serviceName("database").ip("10.0.0.9").build();

    private final Random random;
    private final String prefix;

    /**
     * @param prefix of the services' names, but the database's
     */
    CallTraces(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    /** So many traces that begin at this time or up to a second later. */
    List<List<Span>> next(int count, long startMillis) {
        List<List<Span>> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            traces.add(next(startMillis + random.nextInt(1000)));
        }
        return traces;
    }

    /** A trace that begins at this time; half of the traces have ids of 128 bits. */
    List<Span> next(long startMillis) {
        String high = random.nextBoolean() ? hex() : "";
        String traceId = high + hex();
        Endpoint frontend = service("frontend");
        String root = hex();
        List<Span> spans = new ArrayList<>();
        spans.add(span(traceId, null, root, Span.Kind.SERVER, frontend, startMillis)
                .build());
        for (int i = 0; i < 3; i++) {
            Endpoint backend = service("backend-" + random.nextInt(5));
            String call = hex();
            boolean failed = random.nextInt(4) == 0;
            Span.Builder client = span(traceId, root, call, Span.Kind.CLIENT, frontend, startMillis + i)
                    .remoteEndpoint(backend);
            Span.Builder server = span(traceId, root, call, Span.Kind.SERVER, backend, startMillis + i)
                    .shared(true);
            if (failed) {
                client.putTag("error", "500");
                server.putTag("error", "");
            }
            spans.add(client.build());
            spans.add(server.build());
            spans.add(span(traceId, call, hex(), Span.Kind.CLIENT, backend, startMillis + i)
                    .remoteEndpoint(DATABASE)
                    .build());
        }
        return spans;
    }

    private Span.Builder span(
            String traceId, @Nullable String parent, String id, Span.Kind kind, Endpoint local, long startMillis) {
        return Span.newBuilder()
                .traceId(traceId)
                .parentId(parent)
                .id(id)
                .kind(kind)
                .name("operation-" + random.nextInt(10))
                .localEndpoint(local)
                .timestamp(startMillis * 1000)
                .duration(1 + random.nextInt(1_000_000))
                .putTag("span", id);
    }

    private Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(prefix + name).build();
    }

    private String hex() {
        return String.format("%016x", random.nextLong() | 1);
    }

    /** The spans of all traces in a random order, in messages of this size. */
    List<List<Span>> scatter(List<List<Span>> traces, int messageSize) {
        List<Span> spans = new ArrayList<>();
        traces.forEach(spans::addAll);
        Collections.shuffle(spans, random);
        List<List<Span>> messages = new ArrayList<>();
        for (int from = 0; from < spans.size(); from += messageSize) {
            messages.add(List.copyOf(spans.subList(from, Math.min(spans.size(), from + messageSize))));
        }
        return messages;
    }

    /** What zipkin2 says over these traces. */
    static List<DependencyLink> links(Collection<List<Span>> traces) {
        DependencyLinker linker = new DependencyLinker();
        traces.forEach(linker::putTrace);
        return linker.link();
    }
}
