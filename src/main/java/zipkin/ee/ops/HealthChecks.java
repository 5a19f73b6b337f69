package zipkin.ee.ops;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageState;
import zipkin2.storage.StorageComponent;

/**
 * Runs the checks in the background: every ZIPKIN_HEALTH_INTERVAL, and at once when writes begin to
 * fail or to succeed. While a check exceeds QUERY_TIMEOUT, the answer is DOWN.
 */
@SingleInstance
final class HealthChecks {
    private final LastHealth last;
    private final StorageState state;
    private final Liveness liveness;
    private final ContainerTimer timer;
    private final Duration interval;

    @Inject
    HealthChecks(
            StorageComponent storage,
            BackgroundTasks tasks,
            Instance<Transport> transports,
            QuerySettings query,
            HealthSettings settings,
            StorageState state,
            Liveness liveness,
            ContainerPools pools,
            ContainerTimer timer) {
        this.last = new LastHealth(
                new ComponentChecks(storage, tasks, transports),
                pools.pool(1, 1),
                query.timeout(),
                settings.interval(),
                System::nanoTime);
        this.state = state;
        this.liveness = liveness;
        this.timer = timer;
        this.interval = settings.interval();
    }

    /** To be called once, during deployment. */
    void start() {
        state.listen(last::refresh);
        timer.every(interval, last::refresh);
        liveness.start(timer);
        last.refresh();
    }

    void answer(AsyncResponse response, String contentType) {
        last.answer(response, contentType);
    }
}
