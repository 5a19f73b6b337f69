package zipkin.ee.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * How the time of a message grows with its spans, all of one trace, and with its repetition: each
 * message is sent once and then again. An exponent of 1 is linear, one of 2 quadratic. Zipkin EE
 * alone.
 */
final class GrowthBench {
    private static final int[] SIZES = {1_000, 2_000, 5_000, 10_000, 50_000, 100_000};
    private static final int LEAST_FOR_EXPONENT = 5_000;
    private static final int WARM_UP_MESSAGES = 30;
    private static final int MOST_ATTEMPTS = 60;
    private static final Map<String, String> SETTINGS = Map.of(
            "COLLECTOR_HTTP_MAX_BYTES", "67108864",
            "STORAGE_THROTTLE_ENABLED", "false");

    private final Options options;
    private final Results results;
    private long trace = System.currentTimeMillis();

    GrowthBench(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** Returns the name of the garbage collector in use. */
    String measure(Launcher launcher) {
        try (Server server = launcher.start(SETTINGS);
                Connection connection = new Connection(server.port())) {
            for (Format format : options.formats()) {
                for (int i = 0; i < WARM_UP_MESSAGES; i++) {
                    connection.exchange(request(format, SIZES[0]));
                }
                for (int round = 0; round < options.rounds(); round++) {
                    measure(connection, format);
                }
            }
            return JavaProcess.collectors(List.of(server));
        } catch (IOException e) {
            throw new UncheckedIOException("growth", e);
        }
    }

    private void measure(Connection connection, Format format) throws IOException {
        double[] first = new double[SIZES.length];
        double[] again = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            byte[] request = request(format, SIZES[i]);
            String name = format + " × " + SIZES[i];
            first[i] = micros(connection, name + ", first", request);
            again[i] = micros(connection, name + ", again", request);
            results.addOurs("One trace", name + ", first", "µs a span ↓", first[i] / SIZES[i]);
            results.addOurs("One trace", name + ", again", "µs a span ↓", again[i] / SIZES[i]);
        }
        results.addOurs("One trace", format + ", first", "exponent ↓", exponent(first));
        results.addOurs("One trace", format + ", again", "exponent ↓", exponent(again));
    }

    /**
     * A cluster that is overloaded is given time; the message that it takes in the end is timed.
     */
    private double micros(Connection connection, String name, byte[] request) throws IOException {
        for (int attempt = 0; ; attempt++) {
            long start = System.nanoTime();
            int status = connection.exchange(request);
            if (status == 202) {
                double micros = (System.nanoTime() - start) / 1e3;
                if (attempt > 0) {
                    results.addOurs("One trace", name, "answered 503 ↓", attempt);
                }
                return micros;
            }
            if (status != 503 || attempt == MOST_ATTEMPTS) {
                throw new IllegalStateException(name + " was answered " + status + ": " + connection.text());
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
    }

    /**
     * The slope of the logarithms' line of best fit, without sizes whose time is mostly that of a
     * request.
     */
    private static double exponent(double[] micros) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < SIZES.length; i++) {
            if (SIZES[i] >= LEAST_FOR_EXPONENT) {
                double size = Math.log(SIZES[i]);
                double time = Math.log(micros[i]);
                n++;
                x += size;
                y += time;
                xx += size * size;
                xy += size * time;
            }
        }
        return (n * xy - x * y) / (n * xx - x * x);
    }

    private byte[] request(Format format, int spans) {
        byte[] body = format.encode(spans(spans));
        byte[] head = ("POST " + format.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + format.contentType
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** A trace of calls, ten below each. */
    private List<Span> spans(int count) {
        long startMicros = System.currentTimeMillis() * 1000;
        Endpoint front = Endpoint.newBuilder().serviceName("front").build();
        Endpoint back = Endpoint.newBuilder().serviceName("back").build();
        String traceId = Long.toHexString(++trace);
        List<Span> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Span.Builder span = Span.newBuilder()
                    .traceId(traceId)
                    .id(i + 1L)
                    .name("get")
                    .kind(i % 2 == 0 ? Span.Kind.CLIENT : Span.Kind.SERVER)
                    .timestamp(startMicros + i)
                    .duration(1_000L + i % 1_000)
                    .localEndpoint(i % 2 == 0 ? front : back)
                    .putTag("number", Integer.toString(i));
            if (i > 0) {
                span.parentId(i / 10 + 1L == i + 1L ? 1 : i / 10 + 1L);
            }
            spans.add(span.build());
        }
        return spans;
    }
}
