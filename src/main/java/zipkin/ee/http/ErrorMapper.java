package zipkin.ee.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.fault.MemoryFault;
import zipkin.ee.fault.PublicReason;
import zipkin.ee.fault.PublicText;
import zipkin.ee.text.SafeLogger;

/**
 * Answers errors as text. An IllegalArgumentException, by which zipkin2 reports invalid queries, is
 * 400 with its message. A wrong method is 404, as on the reference. Temporary errors are 503 with
 * Retry-After. All others are 500 with a reference to the line of the log that has the reason.
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
        if (error instanceof TryLaterException later) {
            return Answers.tryLater(String.valueOf(later.getMessage()));
        }
        if (error instanceof AskForLessException less) {
            return Answers.text(503, String.valueOf(less.getMessage()));
        }
        if (error instanceof IllegalArgumentException) {
            String message = error.getMessage();
            return Answers.text(400, message == null ? "The request is wrong." : message);
        }
        MemoryFault.note(error);
        if (PublicText.isTemporary(error)) {
            // WatchedStorage logs the outage once, not for each request.
            LOGGER.log(Level.DEBUG, "A request is answered 503", error);
            return Answers.tryLater(PublicText.of(error));
        }
        if (error instanceof PublicReason) {
            return Answers.text(500, PublicText.of(error));
        }
        String reference = PublicText.reference();
        LOGGER.log(Level.WARNING, "A request failed, reference " + reference, error);
        return Answers.text(500, "The request failed. The log has the reason: reference " + reference + ".");
    }
}
