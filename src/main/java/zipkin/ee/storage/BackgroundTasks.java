package zipkin.ee.storage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import zipkin.ee.cdi.SingleInstance;

/** The background tasks of the selected storage. Thread safe. */
@SingleInstance
public class BackgroundTasks {
    private final List<BackgroundTask> tasks = new CopyOnWriteArrayList<>();

    public void add(BackgroundTask task) {
        tasks.add(task);
    }

    /** In the order in which they were added. */
    public List<BackgroundTask> all() {
        return List.copyOf(tasks);
    }
}
