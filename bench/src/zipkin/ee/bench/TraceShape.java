package zipkin.ee.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A trace of ten spans over six services as an instrumented shop would report it: 128-bit trace
 * ids, client and server sides that share a span id, ten tags and two annotations a span, about one
 * trace in twenty with an error.
 */
final class TraceShape {
    /** Spans of one trace. */
    static final int SPANS = 10;

    /** Span ids of one trace: the two sides of a call share theirs. */
    static final int IDS = 6;

    /** A service of every trace. */
    static final String SERVICE = "orders";

    /** The name of a third of the spans of {@link #SERVICE}, as a query has it. */
    static final String SPAN_NAME = "get%20%2Fapi%2Forders%2F%7Bid%7D";

    /** A tag of every third trace's spans. */
    static final String COMMON_TAG = "customer.tier=gold";

    private static final String[] SERVICES = {"frontend", SERVICE, "inventory", "payment", "shipping", "mysql"};
    private static final String[] METHODS = {"GET", "POST", "PUT"};
    private static final String[] TIERS = {"gold", "silver", "bronze"};

    private final Random random;
    private final long startMicros;
    private long clockMicros;

    TraceShape(long seed, long startMicros) {
        this.random = new Random(seed);
        this.startMicros = startMicros;
    }

    /**
     * One trace; {@code traceId} is 32 lower-hex characters. Its times lie within a second of the
     * start.
     */
    List<Span> trace(String traceId) {
        clockMicros = startMicros + random.nextInt(1000);
        List<Span> spans = new ArrayList<>(SPANS);
        String tier = TIERS[random.nextInt(TIERS.length)];
        boolean failing = random.nextInt(20) == 0;
        long root = id();
        spans.add(span(traceId, 0, root, Span.Kind.SERVER, 0, -1, tier, false));
        for (int hop = 1; hop <= 4; hop++) {
            int caller = hop <= 2 ? 0 : 1;
            long id = id();
            boolean error = failing && hop == 4;
            spans.add(span(traceId, root, id, Span.Kind.CLIENT, caller, hop, tier, error));
            spans.add(span(traceId, root, id, Span.Kind.SERVER, hop, caller, tier, error));
        }
        spans.add(span(traceId, root, id(), Span.Kind.CLIENT, 1, 5, tier, false));
        return spans;
    }

    private Span span(
            String traceId, long parent, long id, Span.Kind kind, int local, int remote, String tier, boolean error) {
        clockMicros += 500 + random.nextInt(3000);
        long durationMicros = 1000L + random.nextInt(200_000);
        String method = METHODS[random.nextInt(METHODS.length)];
        int item = random.nextInt(5000);
        Span.Builder span = Span.newBuilder()
                .traceId(traceId)
                .id(id)
                .kind(kind)
                .name(method.toLowerCase(java.util.Locale.ROOT) + " /api/" + SERVICES[local] + "/{id}")
                .timestamp(clockMicros)
                .duration(durationMicros)
                .localEndpoint(endpoint(local))
                .addAnnotation(clockMicros + durationMicros / 4, kind == Span.Kind.CLIENT ? "ws" : "wr")
                .addAnnotation(clockMicros + durationMicros / 2, "cache.miss")
                .putTag("http.method", method)
                .putTag("http.path", "/api/" + SERVICES[local] + "/" + item)
                .putTag("http.url", "http://" + SERVICES[local] + ".shop.svc:8080/api/" + SERVICES[local] + "/" + item)
                .putTag("http.status_code", error ? "500" : "200")
                .putTag("environment", "production")
                .putTag("region", "eu-central-" + (1 + random.nextInt(3)))
                .putTag("host.name", SERVICES[local] + "-7c9d8-" + random.nextInt(20))
                .putTag("customer.tier", tier)
                .putTag("thread.name", "worker-" + random.nextInt(64))
                .putTag(error ? "error" : "cart.items", error ? "Connection reset by peer" : "" + random.nextInt(30));
        if (parent != 0) {
            span.parentId(Long.toHexString(parent));
        }
        if (kind == Span.Kind.SERVER && remote >= 0) {
            span.shared(true);
        } else if (remote >= 0) {
            span.remoteEndpoint(endpoint(remote));
        }
        return span.build();
    }

    private static Endpoint endpoint(int service) {
        return Endpoint.newBuilder()
                .serviceName(SERVICES[service])
                .ip("10.3.7." + (10 + service))
                .port(8080 + service)
                .build();
    }

    private long id() {
        return random.nextLong() | 1;
    }
}
