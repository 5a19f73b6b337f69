package zipkin.ee.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/**
 * What readers see of a block: the fragments that were complete when the view was taken.
 *
 * @param data {@link Fragment}s
 * @param length end of the last fragment in {@code data}
 * @param baseMicros the timestamp that all others are relative to
 * @param terms words of a {@link TermFilter}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BlockView(
        byte[] data,
        int length,
        long baseMicros,
        TextTable.View texts,
        @Nullable Endpoint[] endpoints,
        int endpointCount,
        long[] terms) {
    String text(int number) {
        int start = texts.start(number);
        return new String(texts.bytes(), start, texts.end(number) - start, UTF_8);
    }

    /** @param number from 1 on */
    Endpoint endpoint(int number) {
        return Objects.requireNonNull(endpoints[number - 1]);
    }

    @Nullable
    String service(int number) {
        return number == 0 ? null : endpoint(number).serviceName();
    }
}
