package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Latency of sequential queries on one connection, with a given number of spans stored. */
final class QueryBench {
    private static final Pattern TRACE_ID = Pattern.compile("\"traceId\":\"([0-9a-f]+)\"");
    private static final double LIMIT_SECONDS = 20;

    private final Options options;
    private final Results results;

    QueryBench(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void measure(Pair pair) {
        for (Server server : pair.both()) {
            fill(server);
        }
        measure("Queries, " + options.storeSpans() + " spans stored", pair.ours(), pair.reference());
    }

    /** Both servers in turns, as they are filled. */
    void measure(String section, Server first, Server second) {
        for (int round = 0; round < options.rounds(); round++) {
            Map<String, String> reference = queries(second);
            queries(first).forEach((name, path) -> {
                Answers ours = ask(first, path);
                Answers theirs = ask(second, reference.getOrDefault(name, path));
                results.add(section, name, "p50 ms ↓", ours.p50Millis(), theirs.p50Millis());
                results.add(section, name, "p99 ms ↓", ours.p99Millis(), theirs.p99Millis());
                if (options.isStored()) {
                    results.add(section, name, "bytes of the answer", ours.bytes(), theirs.bytes());
                }
            });
        }
    }

    /** One server without a reference beside it. */
    void measureAlone(String section, Server server) {
        for (int round = 0; round < options.rounds(); round++) {
            queries(server).forEach((name, path) -> {
                Answers answers = ask(server, path);
                results.addOurs(section, name, "p50 ms ↓", answers.p50Millis());
                results.addOurs(section, name, "p99 ms ↓", answers.p99Millis());
                results.addOurs(section, name, "bytes of the answer", answers.bytes());
            });
        }
    }

    /**
     * Times of a query's answers, and the length of the last one: an empty answer is no match for a
     * full one.
     */
    private record Answers(double p50Millis, double p99Millis, int bytes) {}

    /** Both stores are brought to their cap. */
    private void fill(Server server) {
        Load load = new Load(server, Format.PROTO3, 100, options.connections());
        long missing = options.storeSpans() - server.storedSpans();
        if (missing > 0) {
            load.spans(missing + missing / 50);
        }
    }

    private static Map<String, String> queries(Server server) {
        String service = "serviceName=" + TraceShape.SERVICE;
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("services", "/api/v2/services");
        paths.put("span names", "/api/v2/spans?" + service);
        paths.put("traces by service", "/api/v2/traces?limit=10&" + service);
        paths.put(
                "traces by service and span name",
                "/api/v2/traces?limit=10&" + service + "&spanName=" + TraceShape.SPAN_NAME);
        String tag = TraceShape.COMMON_TAG;
        paths.put("traces by service and tag", "/api/v2/traces?limit=10&" + service + "&annotationQuery=" + tag);
        paths.put("traces by tag, no match", "/api/v2/traces?limit=10&annotationQuery=customer.tier=none");
        paths.put("traces by duration", "/api/v2/traces?limit=10&" + service + "&minDuration=200500");
        paths.put("300 traces by service", "/api/v2/traces?limit=300&" + service);
        paths.put("trace by id", "/api/v2/trace/" + someTraceId(server));
        paths.put("dependencies", "/api/v2/dependencies?endTs=" + (System.currentTimeMillis() + 60_000));
        return paths;
    }

    private static String someTraceId(Server server) {
        try (Connection connection = new Connection(server.port())) {
            connection.get("/api/v2/traces?limit=1&serviceName=" + TraceShape.SERVICE);
            Matcher matcher = TRACE_ID.matcher(connection.text());
            if (!matcher.find()) {
                throw new IllegalStateException(server.name() + " found no trace after its store was filled");
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Times each query after one tenth that is not counted; stops after 20 s, with at least one
     * time.
     */
    private Answers ask(Server server, String path) {
        byte[] request = Connection.getRequest(path);
        long[] nanos = new long[options.queries()];
        int count = 0;
        int bytes = 0;
        long start = System.nanoTime();
        try (Connection connection = new Connection(server.port())) {
            for (int i = -Math.max(1, nanos.length / 10); i < nanos.length; i++) {
                long sent = System.nanoTime();
                int status = connection.exchange(request);
                long answered = System.nanoTime();
                if (status != 200) {
                    throw new IllegalStateException(server.name() + " answered " + status + " to " + path);
                }
                bytes = connection.bodyLength();
                if (i >= 0) {
                    nanos[count++] = answered - sent;
                }
                if (count > 0 && (answered - start) / 1e9 > LIMIT_SECONDS) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(server.name() + ": " + path, e);
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Answers(Results.percentile(sorted, 0.5) / 1e6, Results.percentile(sorted, 0.99) / 1e6, bytes);
    }
}
