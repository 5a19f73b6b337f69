package zipkin.ee.http.body;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.OfferedUpgrade;
import zipkin.ee.http.RefusedRequest;

/**
 * Receives bodies without holding a thread, then continues the request with a {@link ReceivedBody}
 * attached. With blocking reads, a few slow clients would occupy all worker threads. Bodies that no
 * consumer takes are received too, since the container would read them.
 */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /**
     * How much later than the body's deadline the container ends the request, without an answer.
     */
    private static final Duration REFUSAL_TIME = Duration.ofSeconds(5);
    /**
     * How much is read of a refused body, as a multiple of the largest allowed one: some clients
     * read the answer only after they have sent everything.
     */
    private static final int DISCARDED_BODIES = 10;

    @Inject
    private transient Instance<BodyConsumer> allConsumers;

    @Inject
    private transient HttpIntakeSettings settings;

    @Inject
    private transient BodyBudget budget;

    @Inject
    private transient Deadlines deadlines;

    @Inject
    private transient RefusalWriter refusals;

    /** Looked up once, because each look-up is slow. */
    private transient List<BodyConsumer> consumers = List.of();

    @Override
    public void init() {
        consumers = allConsumers.stream().toList();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            goOn(request, response, chain, ReceivedBody.isAttachedTo(request));
            return;
        }
        @Nullable BodyConsumer consumer = consumer(request);
        if (consumer == null && !announcesBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        ReceivedBody body = new ReceivedBody(budget.bytes(), settings.maxBodyBytes());
        if (consumer != null) {
            body.attachTo(request);
        }
        if (RefusedRequest.of(request) != null) {
            receive(request, response, body, ReceivedBody.State.REFUSED, consumer);
            return;
        }
        if (request.getContentLengthLong() == 0) {
            body.end(ReceivedBody.State.COMPLETE);
            chain.doFilter(request, response);
            return;
        }
        ReceivedBody.@Nullable State refused = body.expect(request.getContentLengthLong());
        if (refused == null && arrived(request, body, consumer)) {
            goOn(request, response, chain, consumer != null);
            return;
        }
        receive(request, response, body, refused, consumer);
    }

    /** Continues the request after its body has ended. */
    private static void goOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain, boolean taken)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (taken && !request.isAsyncStarted()) {
            ReceivedBody.of(request).release(); // in case it was not read
        }
    }

    /**
     * Reads what has arrived of a body of known length without waiting. That is usually all of it,
     * and saves a second dispatch.
     *
     * @return whether the body is complete
     */
    private boolean arrived(HttpServletRequest request, ReceivedBody body, @Nullable BodyConsumer consumer)
            throws IOException {
        long announced = request.getContentLengthLong();
        if (announced < 0) {
            return false;
        }
        ServletInputStream in = request.getInputStream();
        try {
            int before = -1;
            while (body.size() < announced) {
                if (body.size() == before || in.available() <= 0 || body.readFrom(in) != null) {
                    return false;
                }
                before = body.size();
            }
        } catch (IOException e) {
            body.release();
            throw e;
        }
        body.end(ReceivedBody.State.COMPLETE);
        if (consumer == null) {
            body.release(); // not needed
        }
        return true;
    }

    private void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            ReceivedBody body,
            ReceivedBody.@Nullable State refused,
            @Nullable BodyConsumer consumer)
            throws IOException {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(settings.bodyTimeout().plus(REFUSAL_TIME).toMillis());
        long maxDiscarded = (long) DISCARDED_BODIES * settings.maxBodyBytes();
        BodyReception reception = new BodyReception(body, async, deadlines, refusals, maxDiscarded, consumer);
        reception.start(refused, OfferedUpgrade.isMishandled(request) ? request.getContentLengthLong() : -1);
        request.getInputStream().setReadListener(reception);
        reception.leave();
    }

    private @Nullable BodyConsumer consumer(HttpServletRequest request) {
        if (!"POST".equals(request.getMethod())) {
            return null;
        }
        for (BodyConsumer each : consumers) {
            if (each.takes(request)) {
                return each;
            }
        }
        return null;
    }

    private static boolean announcesBody(HttpServletRequest request) {
        return RefusedRequest.of(request) != null
                || request.getContentLengthLong() > 0
                || request.getHeader("Transfer-Encoding") != null;
    }
}
