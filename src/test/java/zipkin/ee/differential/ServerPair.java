package zipkin.ee.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ServerProcess;

/**
 * The reference, or what it has answered, and the server under test with the same settings. Used by
 * one thread.
 */
final class ServerPair implements AutoCloseable {
    private static final long STORE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable Side reference;
    private final Side ours;
    private final Map<String, Answer> known;
    private final List<Runnable> closings;

    private ServerPair(
            @Nullable ServerProcess reference, ServerProcess ours, Map<String, Answer> known, List<Runnable> closings) {
        this.reference = reference == null ? null : new Side(reference);
        this.ours = new Side(ours);
        this.known = known;
        this.closings = closings;
    }

    /**
     * Starts both at once, ours with further settings. With {@code
     * -Dzipkin.differential.subject=reference} the reference is compared with itself, which shows
     * that the cases are deterministic.
     *
     * @param known the reference's answers by the case's name; takes new ones. The reference is
     *     started if the list is empty: whoever names any names all that will be needed.
     */
    static ServerPair start(Map<String, String> settings, Map<String, String> oursAlone, Map<String, Answer> known) {
        @Nullable
        CompletableFuture<ServerProcess> reference =
                known.isEmpty() ? CompletableFuture.supplyAsync(() -> ReferenceServer.start(settings)) : null;
        if (isReferenceItself()) {
            ServerProcess subject = ReferenceServer.start(settings);
            return of(reference, subject, known, subject::close);
        }
        Map<String, String> ours = new HashMap<>(settings);
        ours.putAll(oursAlone);
        LeasedServer lease = LeasedServer.start(ours);
        return of(reference, lease.server(), known, lease::close);
    }

    private static ServerPair of(
            @Nullable CompletableFuture<ServerProcess> reference,
            ServerProcess subject,
            Map<String, Answer> known,
            Runnable closing) {
        if (reference == null) {
            return new ServerPair(null, subject, known, List.of(closing));
        }
        ServerProcess started = reference.join();
        return new ServerPair(started, subject, known, List.of(started::close, closing));
    }

    static boolean isReferenceItself() {
        return "reference".equals(System.getProperty("zipkin.differential.subject"));
    }

    /**
     * Sends {@code request} to both. The reference stores after its 202, so the trace is awaited
     * there.
     */
    List<Difference> differences(Case request) {
        Answer expected = known.computeIfAbsent(request.name(), name -> askReference(request));
        Answer actual = ours.send(request);
        if (isReferenceItself()) {
            await(request, actual, ours);
        }
        return Comparer.compare(request.view(), expected, actual);
    }

    private Answer askReference(Case request) {
        Side asked = Objects.requireNonNull(reference, request.name() + " is asked for the first time");
        Answer answer = asked.send(request);
        await(request, answer, asked);
        return answer;
    }

    private static void await(Case request, Answer answer, Side side) {
        String trace = request.storedTrace();
        if (trace == null || answer.status() != 202) {
            return;
        }
        Case question = Case.get("await", "/api/v2/trace/" + trace);
        long deadline = System.nanoTime() + STORE_LIMIT_NANOS;
        while (side.send(question).status() != 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The reference accepted " + request.name() + " but has no trace " + trace);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }

    /**
     * A server, and what it said of itself: entity tags by path, and the names of its user
     * interface's files.
     */
    private static final class Side {
        private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+\\.js)\"");
        private static final Pattern STYLE = Pattern.compile("href=\"([^\"]+\\.css)\"");

        private final URI uri;
        private final Map<String, String> tags = new HashMap<>();
        private final Map<String, String> files = new HashMap<>();

        Side(ServerProcess process) {
            this.uri = process.uri();
        }

        Answer send(Case request) {
            String path = request.path()
                    .replace("{script}", request.path().contains("{script}") ? file(SCRIPT) : "")
                    .replace("{style}", request.path().contains("{style}") ? file(STYLE) : "");
            List<String> headers = request.headers().stream()
                    .map(line -> line.replace("{etag}", tags.getOrDefault(path, "\"unknown\"")))
                    .toList();
            Answer answer = sendRaw(
                    new Case(request.name(), request.method(), path, headers, request.body(), request.view(), null));
            if (!answer.header("etag").isEmpty()) {
                tags.put(path, answer.header("etag"));
            }
            return answer;
        }

        private String file(Pattern pattern) {
            Function<String, String> find = key -> {
                Matcher matcher =
                        pattern.matcher(sendRaw(Case.get("index", "/zipkin/")).text());
                return matcher.find() ? matcher.group(1) : "/zipkin/no-such-file";
            };
            return files.computeIfAbsent(pattern.pattern(), find);
        }

        private Answer sendRaw(Case request) {
            try {
                return RawHttp.send(uri, request);
            } catch (IOException e) {
                throw new UncheckedIOException(uri + " did not answer " + request.name(), e);
            }
        }
    }
}
