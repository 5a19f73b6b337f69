package zipkin.ee.storage;

import java.io.IOException;
import java.util.function.Supplier;
import zipkin2.Call;
import zipkin2.Callback;

/** A call that works on the thread that executes or enqueues it. */
public final class BlockingCall<T> extends Call.Base<T> {
    private final Supplier<T> work;

    public BlockingCall(Supplier<T> work) {
        this.work = work;
    }

    @Override
    protected T doExecute() throws IOException {
        return work.get();
    }

    @Override
    protected void doEnqueue(Callback<T> callback) {
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
        return new BlockingCall<>(work);
    }
}
