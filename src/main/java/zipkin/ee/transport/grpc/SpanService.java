package zipkin.ee.transport.grpc;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.GrpcSettings;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ReceivedBody;
import zipkin.ee.http.body.Refusal;
import zipkin.ee.text.SafeLogger;

/**
 * {@code zipkin.proto3.SpanService} of zipkin.proto: Report takes a ListOfSpans and answers with an
 * empty message once the spans are stored. What can't be read is INVALID_ARGUMENT, what finds no
 * room UNAVAILABLE, what is too large RESOURCE_EXHAUSTED, other methods UNIMPLEMENTED.
 */
@WebServlet(urlPatterns = "/zipkin.proto3.SpanService/*", asyncSupported = true)
public class SpanService extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = SafeLogger.of(SpanService.class.getName());

    static final String REPORT = "/zipkin.proto3.SpanService/Report";

    @Inject
    private transient GrpcSettings settings;

    @Inject
    private transient HttpIntakeSettings bounds;

    @Inject
    private transient BodyBudget budget;

    @Inject
    private transient Collector collector;

    @Inject
    private transient CollectorCounters counters;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!settings.enabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!"POST".equals(request.getMethod())) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (!"HTTP/2.0".equals(request.getProtocol())) {
            response.setHeader("Upgrade", "h2c");
            response.sendError(426, "gRPC needs HTTP/2");
            return;
        }
        if (!"/Report".equals(request.getPathInfo())) {
            end(response, Status.unimplemented("There is no method " + request.getRequestURI()));
            return;
        }
        CompletionStage<Status> status = report(request);
        if (status.toCompletableFuture().isDone()) {
            end(response, status.toCompletableFuture().join());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the storage ends it
        status.whenComplete((ended, error) -> {
            try {
                end(response, error == null ? ended : Status.unavailable("Cannot store the spans now"));
            } catch (IOException e) {
                LOGGER.log(Level.DEBUG, "A client left before its call ended", e);
            } finally {
                async.complete();
            }
        });
    }

    private CompletionStage<Status> report(HttpServletRequest request) {
        TransportCounters grpc = counters.of(GrpcBodyConsumer.LABEL);
        ReceivedBody received = ReceivedBody.of(request);
        try {
            if (received.state() != ReceivedBody.State.COMPLETE) {
                grpc.messageRejected();
                return ended(received, status(Refusal.of(received.state(), bounds.maxBodyBytes())));
            }
            byte[] message = UnaryFrame.message(
                    received,
                    request.getHeader("grpc-encoding"),
                    new BodyInflater(bounds.maxBodyBytes(), budget.bytes()));
            return collector
                    .accept(Delivery.encoded(message, Encoding.PROTO3, grpc).with(false, received.account()))
                    .thenApply(SpanService::status);
        } catch (UnaryFrame.WrongFrameException e) {
            grpc.messageRejected();
            return ended(received, e.status());
        } catch (NoRoomException e) {
            grpc.messageRejected();
            return ended(received, status(Refusal.of(e)));
        } catch (RuntimeException | Error e) {
            received.release();
            throw e;
        }
    }

    private static CompletionStage<Status> ended(ReceivedBody received, Status status) {
        received.release();
        return CompletableFuture.completedFuture(status);
    }

    private static Status status(Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            return malformed.tooLarge() ? Status.tooLarge(malformed.reason()) : Status.invalid(malformed.reason());
        }
        if (outcome instanceof Outcome.TryLater later) {
            return Status.unavailable(later.reason());
        }
        return Status.OK;
    }

    static Status status(Refusal refusal) {
        if (refusal.retryable()) {
            return Status.unavailable(refusal.text());
        }
        return switch (refusal.status()) {
            case 413 -> Status.tooLarge(refusal.text());
            case 408 -> Status.late(refusal.text());
            default -> Status.internal(refusal.text());
        };
    }

    /** Sets headers and trailers. */
    static void begin(HttpServletResponse response, Status status) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/grpc");
        response.setHeader("grpc-accept-encoding", "identity,gzip,deflate");
        response.setTrailerFields(status::trailers);
    }

    private static void end(HttpServletResponse response, Status status) throws IOException {
        begin(response, status);
        if (status.code() == 0) {
            response.getOutputStream().write(UnaryFrame.EMPTY);
        }
    }
}
