package zipkin.ee.storage;

import zipkin.ee.cdi.SingleInstance;

/**
 * Lets health know that the writes of the first storage have begun to fail or to succeed. Thread
 * safe.
 */
@SingleInstance
public class StorageState {
    private volatile Runnable listener = () -> {};

    /**
     * @param onChange is run on the writer's thread, and has to return at once
     */
    public void listen(Runnable onChange) {
        listener = onChange;
    }

    void changed() {
        listener.run();
    }
}
