package zipkin.ee.ops;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.text.LogText;
import zipkin.ee.text.SafeLogger;
import zipkin2.CheckResult;
import zipkin2.storage.StorageComponent;

/**
 * 200 and UP, or 503 and DOWN with the error, for the storage and for each transport that depends on a broker. A check that takes longer
 * than a query may is DOWN.
 */
@SingleInstance
final class HealthChecks {
    private static final Logger LOGGER = SafeLogger.of(HealthChecks.class.getName());
    private static final int CHECKS = 2;
    private static final int WAITING_CHECKS = 16;

    private final StorageComponent storage;
    private final BackgroundTasks tasks;
    private final Instance<Transport> transports;
    private final ThreadPoolExecutor pool;
    private final long timeoutMillis;

    @Inject
    HealthChecks(
            StorageComponent storage,
            BackgroundTasks tasks,
            Instance<Transport> transports,
            QuerySettings settings,
            ContainerPools pools) {
        this.storage = storage;
        this.tasks = tasks;
        this.transports = transports;
        this.pool = pools.pool(CHECKS, WAITING_CHECKS);
        this.timeoutMillis = settings.timeout().toMillis();
    }

    /** Answers when the check is done or has taken too long. */
    void answer(AsyncResponse response, String contentType) {
        try {
            pool.execute(() -> response.resume(check(contentType)));
            response.setTimeoutHandler(late -> late.resume(noAnswer(contentType)));
            response.setTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            response.resume(noAnswer(contentType));
        }
    }

    private Response check(String contentType) {
        String error = error();
        Map<String, @Nullable String> problems = problems();
        boolean up = error == null && problems.values().stream().allMatch(Objects::isNull);
        byte[] body = PrettyJson.of(json -> {
            writeStatus(json, up);
            json.writeObjectFieldStart(LogText.line(storage.toString()));
            json.writeStringField("status", status(error == null));
            writeDetails(json, error);
            json.writeEndObject();
            for (Map.Entry<String, @Nullable String> transport : problems.entrySet()) {
                writeTransport(json, transport.getKey(), transport.getValue());
            }
        });
        return Response.status(up ? 200 : 503).type(contentType).entity(body).build();
    }

    /** By component, in the order of names; null where all is well. */
    private Map<String, @Nullable String> problems() {
        Map<String, @Nullable String> problems = new TreeMap<>();
        for (Transport transport : transports) {
            String component = transport.component();
            if (transport.enabled() && component != null) {
                problems.put(component, transport.problem());
            }
        }
        return problems;
    }

    private static void writeTransport(JsonGenerator json, String component, @Nullable String problem)
            throws IOException {
        json.writeObjectFieldStart(LogText.line(component));
        json.writeStringField("status", status(problem == null));
        if (problem != null) {
            json.writeObjectFieldStart("details");
            json.writeStringField("error", LogText.line(problem));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** What the storage does in the background does not decide whether it is up. */
    private void writeDetails(JsonGenerator json, @Nullable String error) throws IOException {
        if (error == null && tasks.all().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("details");
        if (error != null) {
            json.writeStringField("error", LogText.line(error));
        }
        for (BackgroundTask task : tasks.all()) {
            json.writeStringField(task.name(), LogText.line(task.state()));
        }
        json.writeEndObject();
    }

    private Response noAnswer(String contentType) {
        String error = "The storage did not answer within " + timeoutMillis + " ms. Is it reachable?";
        byte[] body = PrettyJson.of(json -> {
            writeStatus(json, false);
            json.writeStringField("error", error);
        });
        return Response.status(503).type(contentType).entity(body).build();
    }

    private static void writeStatus(JsonGenerator json, boolean up) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", status(up));
        json.writeObjectFieldStart("zipkin");
        json.writeStringField("status", status(up));
        json.writeObjectFieldStart("details");
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private @Nullable String error() {
        try {
            CheckResult result = storage.check();
            return result.ok() ? null : describe(result.error());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The health check of the storage failed", e);
            return describe(e);
        }
    }

    private static String describe(Throwable error) {
        String name = error.getClass().getSimpleName();
        return error.getMessage() == null ? name : name + ": " + error.getMessage();
    }
}
