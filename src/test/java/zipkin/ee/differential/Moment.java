package zipkin.ee.differential;

import java.util.concurrent.TimeUnit;

/**
 * When the spans of this run happened: an hour ago, fixed once, so that default windows hold and
 * answers repeat.
 */
final class Moment {
    /** In whole seconds. */
    static final long START_MILLIS =
            TimeUnit.SECONDS.toMillis(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - 3600);

    static final long START_MICROS = TimeUnit.MILLISECONDS.toMicros(START_MILLIS);

    private Moment() {}

    static long millis(long secondsAfterStart) {
        return START_MILLIS + TimeUnit.SECONDS.toMillis(secondsAfterStart);
    }

    static long micros(long secondsAfterStart) {
        return START_MICROS + TimeUnit.SECONDS.toMicros(secondsAfterStart);
    }
}
