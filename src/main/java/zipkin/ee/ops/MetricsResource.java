package zipkin.ee.ops;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.DiscardedRequests;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.http.Answers;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.WriteMetrics;

/** Metrics in Zipkin's flat JSON and in Prometheus' text format. */
@SingleInstance
@Path("/")
public class MetricsResource {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    CollectorCounters counters;

    @Inject
    BackgroundTasks tasks;

    @Inject
    WriteMetrics writes;

    @Inject
    Budgets budgets;

    @Inject
    DiscardedRequests discarded;

    @Inject
    Meters meters;

    @GET
    @Path("/metrics")
    public Response metrics() {
        return Answers.json(PrettyJson.of(json -> {
                    json.writeStartObject();
                    for (TransportCounters transport : counters.all()) {
                        write(json, transport);
                    }
                    for (Map.Entry<String, LongAdder> signal :
                            discarded.bySignal().entrySet()) {
                        json.writeNumberField("counter.zipkin_collector.otlp_discarded." + signal.getKey(), (double)
                                signal.getValue().sum());
                    }
                    for (BackgroundTask task : tasks.all()) {
                        write(json, task);
                    }
                    for (Map.Entry<String, Long> number : writes.numbers().entrySet()) {
                        json.writeNumberField(
                                "gauge.zipkin_storage.throttle." + number.getKey(), (double) number.getValue());
                    }
                    for (Budgets.Reading budget : budgets.all()) {
                        String prefix = "gauge.zipkin_budget." + budget.name();
                        json.writeNumberField(
                                prefix + ".used", (double) budget.used().getAsLong());
                        json.writeNumberField(prefix + ".limit", (double) budget.limit());
                    }
                    for (Budgets.Count count : budgets.counts()) {
                        json.writeNumberField("counter.zipkin_budget." + count.name(), (double)
                                count.value().getAsLong());
                    }
                    json.writeEndObject();
                }))
                .build();
    }

    @GET
    @Path("/prometheus")
    public Response prometheus() {
        return Response.ok(meters.scrape().getBytes(StandardCharsets.UTF_8), PROMETHEUS)
                .build();
    }

    @GET
    @Path("/actuator/prometheus")
    public Response actuatorPrometheus() {
        return prometheus();
    }

    private static void write(JsonGenerator json, BackgroundTask task) throws IOException {
        String prefix = "gauge.zipkin_storage." + task.name() + '.';
        for (Map.Entry<String, Long> number : task.numbers().entrySet()) {
            json.writeNumberField(prefix + number.getKey(), (double) number.getValue());
        }
        json.writeNumberField(prefix + "failed", task.failed() ? 1.0 : 0.0);
    }

    private static void write(JsonGenerator json, TransportCounters transport) throws IOException {
        write(json, "counter", "messages", transport, (double) transport.messages());
        write(json, "counter", "messages_dropped", transport, (double) transport.messagesDropped());
        write(json, "counter", "bytes", transport, (double) transport.bytes());
        write(json, "counter", "spans", transport, (double) transport.spans());
        write(json, "counter", "spans_dropped", transport, (double) transport.spansDropped());
        write(json, "gauge", "message_spans", transport, transport.messageSpans());
        write(json, "gauge", "message_bytes", transport, transport.messageBytes());
    }

    private static void write(JsonGenerator json, String kind, String name, TransportCounters transport, double value)
            throws IOException {
        json.writeNumberField(kind + ".zipkin_collector." + name + "." + transport.transport(), value);
    }
}
