package zipkin.ee.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to both servers.
 *
 * @param name unique, {@code area/what}: deviations select cases by it
 * @param path the raw request target; {@code {script}} and {@code {style}} stand for the files that
 *     the server's own index page names
 * @param headers raw lines, {@code Name: value}; {@code {etag}} stands for the entity tag the
 *     server gave for this path
 * @param body null: none is sent, and no Content-Length either
 * @param storedTrace the trace to wait for when the reference answers 202, as it stores after
 *     answering; null: none
 */
// bodies are malformed on purpose, text cannot hold them; never compared
@SuppressWarnings("ArrayRecordComponent")
record Case(
        String name,
        String method,
        String path,
        List<String> headers,
        byte @Nullable [] body,
        BodyView view,
        @Nullable String storedTrace) {

    static Case get(String name, String path, String... headers) {
        return new Case(name, "GET", path, List.of(headers), null, BodyView.BYTES, null);
    }

    static Case of(String method, String name, String path, String... headers) {
        return new Case(name, method, path, List.of(headers), null, BodyView.BYTES, null);
    }

    static Case post(String name, String path, byte[] body, String... headers) {
        return new Case(name, "POST", path, List.of(headers), body, BodyView.BYTES, null);
    }

    static Case post(String name, String path, String body, String... headers) {
        return post(name, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Case viewedAs(BodyView other) {
        return new Case(name, method, path, headers, body, other, storedTrace);
    }

    Case storing(String traceId) {
        return new Case(name, method, path, headers, body, view, traceId);
    }

    /** This request, and the question whether both servers read the same span out of it. */
    List<Case> readBack(String traceId) {
        List<Case> both = new ArrayList<>();
        both.add(storing(traceId));
        both.add(get(name + ", read back", "/api/v2/trace/" + traceId));
        return both;
    }
}
