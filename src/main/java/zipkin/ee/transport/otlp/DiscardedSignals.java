package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.DiscardedRequests;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.text.SafeLogger;

/** Counts discarded requests, and logs one line per signal and day. Thread safe. */
@SingleInstance
final class DiscardedSignals {
    private static final Logger LOGGER = SafeLogger.of(DiscardedSignals.class.getName());
    private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

    private final DiscardedRequests requests;
    private final Logger logger;
    private final OtlpSettings.Logs logs;
    private final LongSupplier nanoTime;
    private final Map<Signal, Long> nextLineNanos = new ConcurrentHashMap<>();

    @Inject
    DiscardedSignals(DiscardedRequests requests, OtlpSettings otlp) {
        this(requests, otlp.logs(), LOGGER, System::nanoTime);
    }

    DiscardedSignals(DiscardedRequests requests, OtlpSettings.Logs logs, Logger logger, LongSupplier nanoTime) {
        this.requests = requests;
        this.logs = logs;
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    void count(Signal signal) {
        requests.count(signal.label());
        long now = nanoTime.getAsLong();
        @Nullable Long due = nextLineNanos.get(signal);
        boolean mine = due == null
                ? nextLineNanos.putIfAbsent(signal, now + DAY_NANOS) == null
                : now - due >= 0 && nextLineNanos.replace(signal, due, now + DAY_NANOS);
        if (mine) {
            logger.log(Level.INFO, line(signal));
        }
    }

    private String line(Signal signal) {
        return "Clients send OTLP " + signal.label() + ", which are accepted and discarded"
                + (signal == Signal.LOGS ? exception() : "")
                + ". COLLECTOR_OTLP_DISCARD=none refuses them; OTEL_"
                + signal.name() + "_EXPORTER=none at a client stops them.";
    }

    private String exception() {
        return switch (logs) {
            case EVENTS -> ", except for events of spans";
            case CORRELATED -> ", except for those of spans";
            case NONE -> "";
        };
    }
}
