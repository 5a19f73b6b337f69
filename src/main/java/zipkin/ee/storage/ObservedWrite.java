package zipkin.ee.storage;

import java.io.IOException;
import java.util.function.Consumer;
import zipkin2.Call;
import zipkin2.Callback;

/** A write that reports its outcome to an observer before its caller. */
@SuppressWarnings("NullAway") // Void has no other value than null
final class ObservedWrite extends Call.Base<Void> {
    private final Call<Void> call;
    private final Runnable stored;
    private final Consumer<Throwable> failed;

    /**
     * @param stored is run, on the thread of the write, when it has succeeded
     * @param failed takes the error otherwise
     */
    ObservedWrite(Call<Void> call, Runnable stored, Consumer<Throwable> failed) {
        this.call = call;
        this.stored = stored;
        this.failed = failed;
    }

    @Override
    protected Void doExecute() throws IOException {
        try {
            call.execute();
        } catch (IOException | RuntimeException | Error e) {
            failed.accept(e);
            throw e;
        }
        stored.run();
        return null;
    }

    @Override
    protected void doEnqueue(Callback<Void> callback) {
        call.enqueue(new Callback<>() {
            @Override
            public void onSuccess(Void nothing) {
                stored.run();
                callback.onSuccess(null);
            }

            @Override
            public void onError(Throwable error) {
                failed.accept(error);
                callback.onError(error);
            }
        });
    }

    @Override
    protected void doCancel() {
        call.cancel();
    }

    @Override
    public Call<Void> clone() {
        return new ObservedWrite(call.clone(), stored, failed);
    }
}
