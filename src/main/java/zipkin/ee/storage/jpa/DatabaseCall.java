package zipkin.ee.storage.jpa;

import java.io.IOException;
import java.util.function.Supplier;
import zipkin2.Call;

/** A call that works on the thread that executes or enqueues it. */
final class DatabaseCall<T> extends Call.Base<T> {
    private final Supplier<T> work;

    DatabaseCall(Supplier<T> work) {
        this.work = work;
    }

    @Override
    protected T doExecute() throws IOException {
        return work.get();
    }

    @Override
    protected void doEnqueue(zipkin2.Callback<T> callback) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | LinkageError e) {
            callback.onError(e);
            return;
        }
        callback.onSuccess(result);
    }

    @Override
    public Call<T> clone() {
        return new DatabaseCall<>(work);
    }
}
