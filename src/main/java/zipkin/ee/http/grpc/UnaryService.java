package zipkin.ee.http.grpc;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.http.body.BodyInflater;
import zipkin.ee.http.body.ReceivedBody;
import zipkin.ee.http.body.Refusal;
import zipkin.ee.text.SafeLogger;

/**
 * Methods of gRPC that take a message and give one. What can't be read is INVALID_ARGUMENT, what
 * finds no room UNAVAILABLE, what is too large RESOURCE_EXHAUSTED, other methods UNIMPLEMENTED. A
 * {@link zipkin.ee.http.body.BodyConsumer} takes the bodies.
 */
public abstract class UnaryService extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = SafeLogger.of(UnaryService.class.getName());

    @Inject
    private transient HttpIntakeSettings bounds;

    @Inject
    private transient BodyBudget budget;

    /** Whether the service is there; otherwise requests are answered 404. */
    protected abstract boolean isEnabled();

    /** Knows the methods, and takes the bodies of their calls. */
    protected abstract GrpcBodies bodies();

    /**
     * Takes a message.
     *
     * @param path {@code /package.Service/Method}
     * @param account what the message holds of budgets; whoever takes the message closes it
     * @throws NoRoomException when a budget lacks room for it
     */
    protected abstract CompletionStage<GrpcReply> call(String path, byte[] message, Account account);

    /** Path of a request, without the context path. */
    public static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isEnabled()) {
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
        if (!bodies().takes(path(request))) {
            end(response, GrpcReply.of(GrpcStatus.unimplemented("There is no method " + request.getRequestURI())));
            return;
        }
        CompletionStage<GrpcReply> reply = take(request, path(request));
        if (reply.toCompletableFuture().isDone()) {
            end(response, reply.toCompletableFuture().join());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the storage ends it
        reply.whenComplete((ended, error) -> {
            try {
                end(
                        response,
                        error == null ? ended : GrpcReply.of(GrpcStatus.unavailable("Cannot store the spans now")));
            } catch (IOException e) {
                LOGGER.log(Level.DEBUG, "A client left before its call ended", e);
            } finally {
                async.complete();
            }
        });
    }

    private CompletionStage<GrpcReply> take(HttpServletRequest request, String path) {
        ReceivedBody received = ReceivedBody.of(request);
        @Nullable GrpcStatus refused;
        try {
            if (received.state() == ReceivedBody.State.COMPLETE) {
                byte[] message = UnaryFrame.message(
                        received,
                        request.getHeader("grpc-encoding"),
                        new BodyInflater(bounds.maxBodyBytes(), budget.bytes()));
                return call(path, message, received.account());
            }
            refused = GrpcStatus.of(Refusal.of(received.state(), bounds.maxBodyBytes()));
        } catch (UnaryFrame.WrongFrameException e) {
            refused = e.status();
        } catch (NoRoomException e) {
            refused = GrpcStatus.of(Refusal.of(e));
        } catch (RuntimeException | Error e) {
            received.release();
            throw e;
        }
        bodies().countRefused(path);
        received.release();
        return CompletableFuture.completedFuture(GrpcReply.of(refused));
    }

    /**
     * Sets headers and trailers. A refusal has its status among the headers too, because
     * OpenTelemetry's exporters look only there for whether to try again.
     */
    public static void begin(HttpServletResponse response, GrpcStatus status) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/grpc");
        response.setHeader("grpc-accept-encoding", "identity,gzip,deflate");
        if (!status.equals(GrpcStatus.OK)) {
            status.trailers().forEach(response::setHeader);
        }
        response.setTrailerFields(status::trailers);
    }

    private static void end(HttpServletResponse response, GrpcReply reply) throws IOException {
        begin(response, reply.status());
        if (reply.status().equals(GrpcStatus.OK)) {
            response.getOutputStream().write(UnaryFrame.of(reply.message()));
        }
    }
}
