package zipkin.ee.http.body;

import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.HttpIntakeSettings;

/** Bounds the bytes of all bodies that are in the server at one time. */
@SingleInstance
public final class BodyBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    @Inject
    BodyBudget(HttpIntakeSettings settings) {
        this(settings.maxBufferedBytes());
    }

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes out of the budget; false when they are not there, and then none are taken. */
    public boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
