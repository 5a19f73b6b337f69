package zipkin.ee.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.text.LogText;
import zipkin.ee.text.SafeLogger;

/**
 * Answers errors as text. An IllegalArgumentException is the client's fault: 400 with its message, which is how zipkin2
 * tells of wrong queries. A wrong method is 404, as on the reference.
 */
@SingleInstance
public final class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOGGER = SafeLogger.of(ErrorMapper.class.getName());

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof NotAllowedException) {
            return Answers.status(Response.Status.NOT_FOUND);
        }
        if (error instanceof WebApplicationException web) {
            Response response = web.getResponse();
            return response.hasEntity() ? response : Answers.status(response.getStatusInfo());
        }
        String message = error.getMessage();
        String text = message == null ? error.getClass().getSimpleName() : message;
        if (error instanceof IllegalArgumentException) {
            return Answers.text(400, text);
        }
        LOGGER.log(Level.WARNING, "A request failed", error);
        return Answers.text(500, LogText.line(text));
    }
}
