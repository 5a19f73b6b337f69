package zipkin.ee.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.DiscardedRequests;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.WriteMetrics;

/**
 * The Prometheus registry, with the names that Grafana dashboard 1598 uses:
 * {@code zipkin_collector_*}, {@code http_server_requests_seconds_*}, {@code jvm_*},
 * {@code process_*}, {@code system_*}. Thread safe.
 */
@SingleInstance
final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
    private final CollectorCounters counters;
    private final BackgroundTasks tasks;
    private final WriteMetrics writes;
    private final Budgets budgets;
    private final DiscardedRequests discarded;
    private final Map<String, Boolean> boundTasks = new ConcurrentHashMap<>();
    private final Map<String, Boolean> boundTransports = new ConcurrentHashMap<>();
    private final Map<RequestKey, Timer> timers = new ConcurrentHashMap<>();

    private record RequestKey(String method, String uri, int status) {}

    @Inject
    Meters(
            CollectorCounters counters,
            BackgroundTasks tasks,
            WriteMetrics writes,
            Budgets budgets,
            DiscardedRequests discarded) {
        this.counters = counters;
        this.tasks = tasks;
        this.writes = writes;
        this.budgets = budgets;
        this.discarded = discarded;
        new JvmMemoryMetrics().bindTo(registry);
        gcMetrics.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Returns all meters in Prometheus' text format 0.0.4. */
    String scrape() {
        counters.all().forEach(this::bindOnce);
        tasks.all().forEach(this::bindOnce);
        writes.numbers().keySet().forEach(this::bindOnce);
        budgets.all().forEach(this::bindOnce);
        budgets.counts().forEach(this::bindOnce);
        discarded.bySignal().forEach(this::bindOnce);
        return registry.scrape();
    }

    /**
     * Returns the timer of requests with these tags.
     *
     * @param method one of a fixed set
     * @param uri the route, one of a fixed set, not the path
     */
    Timer requestTimer(String method, String uri, int status) {
        return timers.computeIfAbsent(new RequestKey(method, uri, status), key -> Timer.builder("http.server.requests")
                .description("Response time histogram")
                .tag("method", key.method())
                .tag("uri", key.uri())
                .tag("status", status(key.status()))
                .publishPercentileHistogram()
                .register(registry));
    }

    /** Keeps the number of series bounded even if a container answers other statuses. */
    private static String status(int status) {
        return Response.Status.fromStatusCode(status) == null ? "OTHER" : Integer.toString(status);
    }

    private void bindOnce(TransportCounters transport) {
        boundTransports.computeIfAbsent(transport.transport(), label -> {
            counter(transport, "messages", "messages received", TransportCounters::messages);
            counter(transport, "messages_dropped", "messages given up", TransportCounters::messagesDropped);
            counter(transport, "spans", "spans received", TransportCounters::spans);
            counter(transport, "spans_dropped", "spans not stored", TransportCounters::spansDropped);
            FunctionCounter.builder("zipkin_collector.bytes", transport, TransportCounters::bytes)
                    .description("bytes received, after decompression")
                    .baseUnit("bytes")
                    .tag("transport", label)
                    .register(registry);
            Gauge.builder("zipkin_collector.message_spans", transport, TransportCounters::messageSpans)
                    .description("spans in the last message")
                    .tag("transport", label)
                    .register(registry);
            Gauge.builder("zipkin_collector.message_bytes", transport, TransportCounters::messageBytes)
                    .description("bytes of the last message")
                    .baseUnit("bytes")
                    .tag("transport", label)
                    .register(registry);
            return true;
        });
    }

    /** The numbers of a task are known only after its first run. */
    private void bindOnce(BackgroundTask task) {
        for (String number : task.numbers().keySet()) {
            String name = "zipkin_storage." + task.name() + '.' + number;
            boundTasks.computeIfAbsent(name, unbound -> {
                Gauge.builder(name, task, bound -> bound.numbers().getOrDefault(number, 0L))
                        .description(number.replace('_', ' ') + ", as of the storage's last " + task.name() + " run")
                        .register(registry);
                return true;
            });
        }
        boundTasks.computeIfAbsent(task.name(), unbound -> {
            Gauge.builder("zipkin_storage." + task.name() + ".failed", task, bound -> bound.failed() ? 1 : 0)
                    .description("1 when the storage's last " + task.name() + " run failed")
                    .register(registry);
            return true;
        });
    }

    /** Binds a number of {@link WriteMetrics}. */
    private void bindOnce(String number) {
        String name = "zipkin_storage.throttle." + number;
        boundTasks.computeIfAbsent(name, unbound -> {
            Gauge.builder(name, writes, bound -> bound.numbers().getOrDefault(number, 0L))
                    .description(number.replace('_', ' ') + " of writes to the storage")
                    .register(registry);
            return true;
        });
    }

    /** All budgets share two gauges with a label, so that one panel can show them all. */
    private void bindOnce(Budgets.Reading budget) {
        boundTasks.computeIfAbsent("zipkin_budget." + budget.name(), unbound -> {
            Gauge.builder("zipkin_budget.used", budget, bound -> bound.used().getAsLong())
                    .description("what is taken out of the budget now")
                    .tag("budget", budget.name())
                    .register(registry);
            Gauge.builder("zipkin_budget.limit", budget, Budgets.Reading::limit)
                    .description("the most that the budget gives")
                    .tag("budget", budget.name())
                    .register(registry);
            return true;
        });
    }

    private void bindOnce(Budgets.Count count) {
        boundTasks.computeIfAbsent("zipkin_budget." + count.name(), unbound -> {
            FunctionCounter.builder("zipkin_budget." + count.name(), count, bound -> bound.value()
                            .getAsLong())
                    .description(count.name().replace('_', ' ') + " since the start")
                    .register(registry);
            return true;
        });
    }

    private void bindOnce(String signal, LongAdder requests) {
        boundTasks.computeIfAbsent("zipkin_collector.otlp_discarded." + signal, unbound -> {
            FunctionCounter.builder("zipkin_collector.otlp_discarded", requests, LongAdder::sum)
                    .description("requests of OTLP accepted and discarded since the start")
                    .tag("signal", signal)
                    .register(registry);
            return true;
        });
    }

    private void counter(
            TransportCounters transport, String name, String what, ToDoubleFunction<TransportCounters> count) {
        FunctionCounter.builder("zipkin_collector." + name, transport, count)
                .description(what + " since the start")
                .tag("transport", transport.transport())
                .register(registry);
    }

    @PreDestroy
    void close() {
        gcMetrics.close();
        registry.close();
    }
}
