package zipkin.ee.http.answer;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.QuerySettings;

/**
 * Sends all answers without holding a thread. With blocking writes, a few clients that do not read
 * would occupy all worker threads.
 *
 * <p>Completing a request on the I/O thread of its connection is also faster: when a worker of
 * Undertow ends an exchange, it holds the connection's state while it wakes the I/O thread, which
 * spins until the worker runs again ({@code io.undertow.server.protocol.http.HttpReadListener},
 * exchangeComplete and handleEvent). On a busy machine that was half of the time of small requests;
 * see docs/performance-history.md.
 *
 * <p>web.xml maps it before all other filters, since each of them may start or complete an
 * asynchronous request.
 */
public class AnswerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient AnswerMemory memory;

    @Inject
    private transient HttpAnswerSettings settings;

    @Inject
    private transient QuerySettings queries;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        @Nullable Answer begun = request.getDispatcherType() == DispatcherType.ASYNC ? Answer.find(request) : null;
        if (begun != null) {
            pass(request, response, begun, chain);
            return;
        }
        Answer answer = new Answer(request, response, memory);
        // A POST waits for the storage without a limit. A query has to time out before its request
        // does, whose answer would be 500.
        long maxMillis = "POST".equals(request.getMethod())
                ? 0
                : settings.maxTime().plus(queries.timeout()).toMillis();
        pass(new AnswerRequest(request, answer, maxMillis), answer, answer, chain);
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, Answer answer, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            answer.abandon();
            throw e;
        }
        if (request.isAsyncStarted()) {
            return;
        }
        if (request.isAsyncSupported()) {
            request.startAsync(request, response).complete();
        } else {
            answer.writeNow();
        }
    }
}
