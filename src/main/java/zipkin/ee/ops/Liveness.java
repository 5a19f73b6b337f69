package zipkin.ee.ops;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.fault.MemoryFault;

/**
 * Whether this process works, independent of storage and brokers. An orchestrator restarts a
 * process that does not. It fails after an OutOfMemoryError, or when the server's timer, on which
 * all background work depends, has not ticked for a minute. Thread safe.
 */
@SingleInstance
final class Liveness {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final BooleanSupplier outOfMemory;
    private volatile long tickNanos;

    @Inject
    Liveness() {
        this(System::nanoTime, MemoryFault::seen);
    }

    /**
     * @param nanoTime a clock such as {@link System#nanoTime}
     * @param outOfMemory whether an OutOfMemoryError was seen
     */
    Liveness(LongSupplier nanoTime, BooleanSupplier outOfMemory) {
        this.nanoTime = nanoTime;
        this.outOfMemory = outOfMemory;
        this.tickNanos = nanoTime.getAsLong();
    }

    void start(ContainerTimer timer) {
        tick();
        timer.every(TICK, this::tick);
    }

    void tick() {
        tickNanos = nanoTime.getAsLong();
    }

    Response answer(String contentType) {
        String problem = problem();
        byte[] body = PrettyJson.of(json -> {
            json.writeStartObject();
            json.writeStringField("status", Health.status(problem == null));
            if (problem != null) {
                json.writeStringField("error", problem);
            }
            json.writeEndObject();
        });
        return Response.status(problem == null ? 200 : 503)
                .type(contentType)
                .entity(body)
                .build();
    }

    /** The reason for a restart; null while the process works. */
    @Nullable
    String problem() {
        if (outOfMemory.getAsBoolean()) {
            return "The process has run out of memory. Start it again.";
        }
        return nanoTime.getAsLong() - tickNanos > SILENCE_NANOS
                ? "The server's timer has not ticked for a minute. Start it again."
                : null;
    }
}
