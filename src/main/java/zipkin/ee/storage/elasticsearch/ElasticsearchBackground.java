package zipkin.ee.storage.elasticsearch;

import jakarta.inject.Inject;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;

/** Starts the tasks that count links and delete old indices. */
@SingleInstance
class ElasticsearchBackground {
    private static final Duration RETENTION_PAUSE = Duration.ofMinutes(1);

    private final BackgroundTasks tasks;

    @Inject
    ElasticsearchBackground(BackgroundTasks tasks) {
        this.tasks = tasks;
    }

    void start(ElasticsearchStorage storage, ZipkinSettings settings) {
        tasks.aggregateLinks(settings.links(), storage.aggregator(), () -> {
            long pending = storage.pendingSpans();
            return new Report(pending + " stored spans wait to be counted").with("pending_spans", pending);
        });
        Duration age = settings.elasticsearch().retention();
        if (!age.isZero() && settings.elasticsearch().lifecycle()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                storage.lifecycle().manageAll();
                long managed = storage.lifecycle().managed();
                return new Report(managed + " indices put under the cluster's policy here")
                        .with("managed_indices", managed);
            });
        } else if (!age.isZero()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                storage.retention().deleteAll();
                long deleted = storage.retention().deleted();
                return new Report(deleted + " indices deleted here").with("deleted_indices", deleted);
            });
        }
    }
}
