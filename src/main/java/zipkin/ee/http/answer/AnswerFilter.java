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
import zipkin.ee.config.HttpAnswerSettings;
import zipkin.ee.config.QuerySettings;

/**
 * Sends all answers without holding a thread. With blocking writes, as many clients that do not
 * read as the server has worker threads would stop every other request.
 *
 * <p>The end of a request on the thread that writes to its connection is also the cheapest: a
 * worker of Undertow that ends an exchange holds the connection's state while it wakes that thread,
 * which then spins until the worker has its processor again
 * ({@code io.undertow.server.protocol.http.HttpReadListener}, exchangeComplete and handleEvent).
 * With all processors busy, that was half of the time of small requests; see docs/performance.md.
 *
 * <p>It is the first of all filters, by web.xml, since each of them may begin or end an
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
        // A POST waits for the storage as long as that takes. The time of a query is over before
        // that of the request, whose answer would be 500.
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
