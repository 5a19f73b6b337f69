package zipkin.ee.ops;

import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.collect.Transport;
import zipkin.ee.fault.PublicText;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;
import zipkin2.CheckResult;
import zipkin2.storage.StorageComponent;

/**
 * Checks the storage and each transport that depends on a broker. Their errors are meant for
 * operators; the result has them without hosts, names of databases and SQL.
 */
final class ComponentChecks implements Supplier<Health> {
    private final StorageComponent storage;
    private final BackgroundTasks tasks;
    private final Instance<Transport> transports;

    ComponentChecks(StorageComponent storage, BackgroundTasks tasks, Instance<Transport> transports) {
        this.storage = storage;
        this.tasks = tasks;
        this.transports = transports;
    }

    @Override
    public Health get() {
        List<Health.Component> components = new ArrayList<>();
        for (Transport transport : transports) {
            String name = transport.component();
            if (transport.enabled() && name != null) {
                String problem = transport.problem();
                components.add(
                        new Health.Component(name, problem == null ? null : PublicText.masked(problem), Map.of()));
            }
        }
        components.sort(Comparator.comparing(Health.Component::name));
        components.add(0, new Health.Component(storage.toString(), storageError(), states()));
        return Health.of(components);
    }

    private @Nullable String storageError() {
        CheckResult result = storage.check();
        return result.ok() ? null : PublicText.of(result.error());
    }

    /** The storage's background tasks do not decide whether it is up. */
    private Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        for (BackgroundTask task : tasks.all()) {
            states.put(task.name(), task.state());
        }
        return states;
    }
}
