package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.ZipkinHttp;

/** All attackers at the same time, beside honest clients. */
final class MixedAttack {
    private static final int HONEST_CLIENTS = 2;
    /** The slow clients hold a connection each, up to 360. */
    private static final int MOST_REQUESTS = 600;

    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private final ServerProcess server;
    private final Map<String, Attacker> attackers;
    private final List<HonestClient> honest = new ArrayList<>();
    /** How often each attacker did what it wanted, and how often it was cut off. */
    private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();

    private final Map<String, LongAdder> cutOff = new ConcurrentSkipListMap<>();

    MixedAttack(ServerProcess server, Map<String, Attacker> attackers) {
        this.server = server;
        this.attackers = attackers;
    }

    /** Attacks for so long, and returns the honest clients with what they have seen. */
    List<HonestClient> run(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            attackers.forEach((name, attacker) -> threads.execute(() -> repeat(name, attacker, server.uri(), end)));
            for (int i = 0; i < HONEST_CLIENTS; i++) {
                HonestClient client = new HonestClient(server.uri());
                honest.add(client);
                threads.execute(() -> client.runUntil(end));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(duration.toSeconds() + 90, TimeUnit.SECONDS))
                    .as("clients end")
                    .isTrue();
            return honest;
        } finally {
            threads.shutdownNow();
        }
    }

    private void repeat(String name, Attacker attacker, URI uri, long endNanos) {
        LongAdder whole = done.computeIfAbsent(name, key -> new LongAdder());
        LongAdder broken = cutOff.computeIfAbsent(name, key -> new LongAdder());
        while (System.nanoTime() - endNanos < 0 && !Thread.currentThread().isInterrupted()) {
            try {
                attacker.once(uri);
                whole.increment();
            } catch (Exception e) {
                // What the server does against it, such as closing the connection. It comes back,
                // though not at once.
                broken.increment();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** Attackers by name with how often each did what it wanted, and was cut off. */
    String attacks() {
        return done.keySet().stream()
                .map(name -> name + ": " + done.get(name) + " times, cut off " + cutOff.get(name))
                .collect(Collectors.joining("\n"));
    }

    /** Each of them has really attacked. */
    void requireAttacks() {
        done.forEach((name, times) -> assertThat(times.sum()).as(name).isPositive());
        assertThat(done.keySet()).isEqualTo(new TreeSet<>(attackers.keySet()));
    }

    /**
     * Nothing is left of the attack: budgets of what was on its way are empty again, and no memory
     * ran out.
     */
    void requireRecovery() {
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        for (String budget : List.of("bodies_bytes", "decoded_bytes", "answers_bytes")) {
            Await.value(
                    budget + " given back",
                    RECOVERY,
                    () -> zipkin.get("/metrics").body(),
                    metrics -> used(metrics, budget) == 0);
        }
        Await.value(
                "requests that are kept",
                RECOVERY,
                () -> server.objects("io.undertow.server.HttpServerExchange"),
                count -> count < MOST_REQUESTS);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        new SpanClient(server.uri()).requireWorking();
    }

    /** -1 when /metrics does not have it. */
    static double used(String metrics, String budget) {
        String key = "\"gauge.zipkin_budget." + budget + ".used\"";
        int at = metrics.indexOf(key);
        return at < 0
                ? -1
                : Double.parseDouble(
                        metrics.substring(at + key.length()).replaceFirst("(?s)^\\s*:\\s*([-0-9.E]+).*", "$1"));
    }
}
