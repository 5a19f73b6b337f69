package zipkin.ee.storage.jpa;

import jakarta.inject.Inject;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;

/** Counts links and deletes what is old, on the application server's threads and timer. */
@SingleInstance
class JpaBackground {
    private static final Duration RETENTION_PAUSE = Duration.ofSeconds(30);

    private final BackgroundTasks tasks;

    @Inject
    JpaBackground(BackgroundTasks tasks) {
        this.tasks = tasks;
    }

    void start(JpaStorage storage, ZipkinSettings settings) {
        tasks.aggregateLinks(settings.links(), storage.aggregator(), () -> {
            long pending = storage.pendingBatches();
            return new Report(pending + " stored batches wait to be counted").with("pending_batches", pending);
        });
        Retention retention = storage.retention();
        Duration age = settings.retention().age();
        tasks.repeat("retention", RETENTION_PAUSE, age.isZero() ? RETENTION_PAUSE : age.dividedBy(4), () -> {
            retention.deleteAll();
            long bytes = retention.storedBytes();
            return new Report(bytes + " bytes stored, " + retention.deletedSpans() + " spans deleted here")
                    .with("deleted_spans", retention.deletedSpans())
                    .with("stored_bytes", bytes);
        });
    }
}
