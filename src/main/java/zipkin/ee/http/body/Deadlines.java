package zipkin.ee.http.body;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.config.HttpIntakeSettings;

/**
 * Ends receptions that take too long. The timeout of an asynchronous request is no alternative: it
 * ends the request, and the container then waits for the rest of the body with a thread.
 */
@SingleInstance
class Deadlines {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Set<BodyReception> waiting = ConcurrentHashMap.newKeySet();
    private final ContainerTimer timer;
    private final long limitNanos;

    @Inject
    Deadlines(HttpIntakeSettings settings, ContainerTimer timer) {
        this.limitNanos = settings.bodyTimeout().toNanos();
        this.timer = timer;
    }

    @PostConstruct
    void start() {
        timer.every(PAUSE, () -> expire(System.nanoTime()));
    }

    void add(BodyReception reception) {
        waiting.add(reception);
    }

    void remove(BodyReception reception) {
        waiting.remove(reception);
    }

    /** @param nowNanos the present time by {@link System#nanoTime()} */
    void expire(long nowNanos) {
        waiting.removeIf(reception -> {
            boolean late = nowNanos - reception.startNanos() > limitNanos;
            if (late) {
                reception.late();
            }
            return late;
        });
    }
}
