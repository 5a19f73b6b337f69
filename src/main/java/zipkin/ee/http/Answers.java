package zipkin.ee.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Builds the answers of all resources, from byte arrays, so that their length is known. */
public final class Answers {
    /** Value of Retry-After. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private static final MediaType TEXT = MediaType.valueOf("text/plain; charset=utf-8");

    private Answers() {}

    /** 200 with {@code application/json}; Zipkin's clients expect no charset. */
    public static Response.ResponseBuilder json(byte[] body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE);
    }

    public static Response text(int status, String text) {
        return Response.status(status)
                .type(TEXT)
                .entity(text.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** A status with its name as text, such as {@code 404 Not Found}. */
    public static Response status(Response.StatusType status) {
        return text(status.getStatusCode(), status.getStatusCode() + " " + status.getReasonPhrase());
    }

    /** 503 with Retry-After. */
    public static Response tryLater(String reason) {
        return Response.fromResponse(text(503, reason))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    /** 415 with the supported content codings. */
    public static Response unsupportedCoding(String reason, String readCodings) {
        return Response.fromResponse(text(415, reason))
                .header(HttpHeaders.ACCEPT_ENCODING, readCodings)
                .build();
    }
}
