package zipkin.ee.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * The few kinds of answers there are. Entities are byte arrays, so that their length is known
 * before they are written.
 */
public final class Answers {
    /** Seconds after which a client that was told to try later should do so. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private static final MediaType TEXT = MediaType.valueOf("text/plain; charset=utf-8");

    private Answers() {}

    /** 200 with {@code application/json}, without a charset, as Zipkin's clients expect. */
    public static Response.ResponseBuilder json(byte[] body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE);
    }

    /** A status with a text for people. */
    public static Response text(int status, String text) {
        return Response.status(status)
                .type(TEXT)
                .entity(text.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** A status with its own name as text, as in {@code 404 Not Found}. */
    public static Response status(Response.StatusType status) {
        return text(status.getStatusCode(), status.getStatusCode() + " " + status.getReasonPhrase());
    }

    /** 503 with Retry-After. */
    public static Response tryLater(String reason) {
        return Response.fromResponse(text(503, reason))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    /** 415 with the codings of a body that are read. */
    public static Response unsupportedCoding(String reason, String readCodings) {
        return Response.fromResponse(text(415, reason))
                .header(HttpHeaders.ACCEPT_ENCODING, readCodings)
                .build();
    }
}
